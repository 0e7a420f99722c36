# Answers of the reference programs for charts, single cases and interrupted series, as Tests/StatisticsTests/Vectors/charts.json,
# edge-charts.json, before_after.json and interrupted.json.
#   Rscript script/compare-statistics/charts.R FOLDER
# FOLDER holds checkouts, named qicharts2 (0.8.1), qcc (3.0), NHSRplotthedots (0.2.2), runchart and SingleCaseES (0.7.4); their R
# files are read without installing. Needs jsonlite, dplyr, stringr, rlang, assertthat and sandwich.
suppressMessages({library(jsonlite); library(dplyr)})
folder <- commandArgs(TRUE)[1]
load_program <- function(name) {
  place <- new.env(parent = globalenv())
  for (file in list.files(file.path(folder, name, "R"), "[.]R$", full.names = TRUE)) {
    # dplyr before 1.1 has no .default
    text <- gsub("[.]default = ", "TRUE ~ ", paste(readLines(file, warn = FALSE), collapse = "\n"))
    try(eval(parse(text = text), place), silent = TRUE)
  }
  place
}
qicharts <- load_program("qicharts2"); qcc <- load_program("qcc"); nhs <- load_program("NHSRplotthedots")
runchart <- load_program("runchart"); single <- load_program("SingleCaseES")
sourced <- function(name, program) list(name = unbox(name), reference_run = unbox(program))
one <- function(v) if (length(unique(v)) == 1) unbox(v[1]) else v
NAs <- function(v) ifelse(is.finite(v), v, NA)

qic_case <- function(name, chart, data, options, ..., screened = TRUE) {
  options(qic.screenedmr = screened)
  d <- qicharts$qic(..., chart = chart, return.data = TRUE)
  parts <- lapply(split(d, d$part), function(p) list(
    part = unbox(p$part[1]), first = unbox(p$xx[1]), last = unbox(tail(p$xx, 1)), center = unbox(NAs(p$cl[1])),
    ucl = one(NAs(p$ucl)), lcl = one(NAs(p$lcl)), ucl95 = one(NAs(p$ucl.95)), lcl95 = one(NAs(p$lcl.95)),
    n_obs = unbox(p$n.obs[1]), n_useful = unbox(p$n.useful[1]), longest_run = unbox(p$longest.run[1]),
    longest_run_max = unbox(p$longest.run.max[1]), n_crossings = unbox(p$n.crossings[1]),
    n_crossings_min = unbox(p$n.crossings.min[1]), runs_signal = unbox(p$runs.signal[1])))
  options$screened_mr <- screened
  c(sourced(name, "qicharts2 0.8.1"), list(chart = unbox(chart), call = unbox("qic()"), options = lapply(options, function(v) if (length(v) == 1) unbox(v) else v),
    data = data, expected = list(plotted_y = NAs(d$y), parts = unname(parts), sigma_signal_points = which(d$sigma.signal))))
}

cases <- list()
keep <- function(case) cases[[length(cases) + 1]] <<- case
set.seed(20261124)
for (i in 1:6) {
  n <- c(12, 24, 21, 40, 15, 30)[i]
  y <- round(rnorm(n, 50, 8) + (i %% 2) * c(rep(0, n %/% 2), rep(9, n - n %/% 2)), 1)
  if (i == 3) y[c(4, 20)] <- NA
  if (i == 5) y[7] <- 120
  for (chart in c("run", "i", "mr")) {
    keep(qic_case(sprintf("%s_%d", chart, i), chart, list(y = y), list(), y))
    keep(qic_case(sprintf("%s_%d_unscreened", chart, i), chart, list(y = y), list(), y, screened = FALSE))
    keep(qic_case(sprintf("%s_%d_freeze", chart, i), chart, c(list(y = y), list(freeze = unbox(8))), list(), y, freeze = 8))
    keep(qic_case(sprintf("%s_%d_part", chart, i), chart, list(y = y, part_after = c(5, 9)), list(), y, part = c(5, 9)))
    keep(qic_case(sprintf("%s_%d_exclude", chart, i), chart, list(y = y, exclude = c(2, 7)), list(), y, exclude = c(2, 7)))
    keep(qic_case(sprintf("%s_%d_cl", chart, i), chart, list(y = y, cl = unbox(49)), list(), y, cl = 49))
  }
  size <- round(runif(n, 40, 400)); count <- rbinom(n, size, .08 + .04 * (i %% 3)); if (i == 4) { count[3] <- NA; size[9] <- NA }
  if (i == 6) size[] <- 200
  for (chart in c("p", "pp", "u", "up", "ip", "c", "run", "i")) {
    data <- list(count = count, n = size)
    x <- seq_len(n)
    keep(qic_case(sprintf("%s_%d", chart, i), chart, data, list(), x, count, size))
    keep(qic_case(sprintf("%s_%d_unscreened", chart, i), chart, data, list(), x, count, size, screened = FALSE))
    keep(qic_case(sprintf("%s_%d_freeze", chart, i), chart, c(data, list(freeze = unbox(9))), list(), x, count, size, freeze = 9))
    keep(qic_case(sprintf("%s_%d_part", chart, i), chart, c(data, list(part_after = unbox(6), multiply = unbox(1000))), list(), x, count, size, part = 6, multiply = 1000))
    keep(qic_case(sprintf("%s_%d_exclude", chart, i), chart, c(data, list(exclude = c(1, 5))), list(), x, count, size, exclude = c(1, 5)))
  }
  names <- sprintf("school %02d", x)
  # a standard deviation over a missing value has no value in R; ours leaves the point out
  if (i != 4) for (chart in c("p", "pp", "up", "i")) keep(qic_case(sprintf("%s_%d_schools", chart, i), chart, list(x = names, count = count, n = size), list(), names, count, size))
  gaps <- rgeom(n, .04); times <- round(rexp(n, 1 / 30), 2) + .01
  for (chart in c("g", "run")) keep(qic_case(sprintf("%s_%d_gaps", chart, i), chart, list(y = gaps), list(), gaps))
  keep(qic_case(sprintf("g_%d_cl", i), "g", list(y = gaps, cl = unbox(20)), list(), gaps, cl = 20))
  keep(qic_case(sprintf("t_%d", i), "t", list(y = times), list(), times))
  keep(qic_case(sprintf("t_%d_freeze", i), "t", list(y = times, freeze = unbox(10)), list(), times, freeze = 10))
  keep(qic_case(sprintf("t_%d_part", i), "t", list(y = times, part_after = unbox(6)), list(), times, part = 6))
  sizes <- if (i %% 2) rep(4, n) else sample(3:6, n, TRUE)
  groups <- lapply(sizes, function(k) round(rnorm(k, 10, 2), 2))
  gx <- rep(seq_along(sizes), sizes); gy <- unlist(groups)
  for (chart in c("xbar", "s", "i", "run", "ip")) {
    keep(qic_case(sprintf("%s_%d_groups", chart, i), chart, list(subgroups = groups), list(), gx, gy))
    keep(qic_case(sprintf("%s_%d_long", chart, i), chart, list(x = gx, y = gy), list(), gx, gy))
  }
  keep(qic_case(sprintf("xbar_%d_part", i), "xbar", list(subgroups = groups, part_after = unbox(7)), list(), gx, gy, part = 7))
  keep(qic_case(sprintf("run_%d_median", i), "run", list(subgroups = groups), list(agg_fun = "median"), gx, gy, agg.fun = "median"))
}
keep(qic_case("all_equal", "i", list(y = rep(5, 12)), list(), rep(5, 12)))
keep(qic_case("many_ties", "run", list(y = rep(c(1, 2, 2, 3), 6)), list(), rep(c(1, 2, 2, 3), 6)))

rule_lists <- function(q) {
  asked <- function(prefix, numbers, family) setNames(lapply(numbers, function(k) {
    f <- qcc[[paste0("qccRulesViolating", family, k)]]
    sort(unique(tryCatch(f(q), error = function(e) integer())))
  }), paste0(prefix, numbers))
  list(western_electric = asked("WE", 1:4, "WER"), nelson = asked("N", 1:8, "NEL"))
}
qcc_case <- function(name, chart, data, ...) {
  q <- qcc$qcc(..., type = chart)
  c(sourced(name, "qcc 3.0"), list(chart = unbox(chart), data = data, expected = c(list(center = one(q$center), std_dev = one(q$std.dev),
    lcl = one(unname(q$limits[, 1])), ucl = one(unname(q$limits[, 2])), statistics = unname(c(q$statistics, q$newstats))), rule_lists(q))))
}
for (i in 1:4) {
  n <- c(20, 25, 30, 40)[i]
  y <- round(rnorm(n, 30, 3) + (1:n > n / 2) * (i %% 3) * 2, 2); more <- round(rnorm(10, 32, 3), 2)
  keep(qcc_case(sprintf("qcc_i_%d", i), "xbar.one", list(phase1 = y), y))
  keep(qcc_case(sprintf("qcc_i_%d_two", i), "xbar.one", list(phase1 = y, phase2 = more), y, newdata = more))
  keep(qcc_case(sprintf("qcc_i_%d_given", i), "xbar.one", list(statistics = y, center = unbox(30), sigma = unbox(2)), y, center = 30, std.dev = 2))
  size <- if (i %% 2) rep(150, n) else round(runif(n, 50, 300)); count <- rbinom(n, size, .1)
  for (chart in c("p", "np", "u")) keep(qcc_case(sprintf("qcc_%s_%d", chart, i), chart, list(count = count, n = size), count, sizes = size))
  keep(qcc_case(sprintf("qcc_c_%d", i), "c", list(count = count, n = rep(100, n)), count, sizes = rep(100, n)))
  wide <- matrix(round(rnorm(n * 5, 10, 2), 2), n); next_wide <- matrix(round(rnorm(30, 11, 2), 2), 6)
  for (chart in c("xbar", "R", "S")) {
    keep(qcc_case(sprintf("qcc_%s_%d", chart, i), chart, list(phase1 = wide), wide))
    keep(qcc_case(sprintf("qcc_%s_%d_two", chart, i), chart, list(phase1 = wide, phase2 = next_wide), wide, newdata = next_wide))
  }
  ragged <- wide; ragged[cbind(sample(n, 5), 5)] <- NA
  for (chart in c("xbar", "R", "S")) keep(qcc_case(sprintf("qcc_%s_%d_ragged", chart, i), chart, list(phase1 = apply(ragged, 1, function(r) r[!is.na(r)], simplify = FALSE)), ragged))
}

nhs_case <- function(name, y, direction, target = NULL, rebase = NULL, fix = NULL, screen = TRUE) {
  dates <- as.Date("2024-01-01") + seq_along(y)
  d <- data.frame(y = y, x = dates)
  p <- suppressWarnings(nhs$ptd_spc.data.frame(d, y, x, rebase = if (is.null(rebase)) NULL else dates[rebase], fix_after_n_points = fix,
    improvement_direction = direction, target = target, screen_outliers = screen))
  parts <- lapply(split(p, p$rebase_group), function(g) list(rebase_group = unbox(g$rebase_group[1]), n = unbox(nrow(g)), mean = unbox(g$mean_col[1]),
    lpl = unbox(g$lpl[1]), upl = unbox(g$upl[1]), short_group_warning = unbox(g$short_group_warning[1])))
  assurance <- if (is.null(target)) NA else nhs$ptd_calculate_assurance_type(p)$assurance_type
  c(sourced(name, "NHSRplotthedots 0.2.2"), list(chart = unbox("XmR (NHS Making Data Count)"),
    options = list(improvement_direction = unbox(direction), target = unbox(if (is.null(target)) NA else target), rebase_at_point = if (is.null(rebase)) unbox(NA) else if (length(rebase) == 1) unbox(rebase) else rebase,
      fix_after_n_points = unbox(if (is.null(fix)) NA else fix), screen_outliers = unbox(screen)),
    data = list(y = y), expected = list(parts = unname(parts), special_cause_type = p$special_cause_type, point_type = p$point_type,
      variation_icon = unbox(tail(p$point_type, 1)), assurance = unbox(assurance))))
}
for (i in 1:8) {
  n <- c(24, 36, 48, 15, 30, 60)[(i - 1) %% 6 + 1]
  y <- round(cumsum(rnorm(n, 0, .5 * (i %% 4))) + rnorm(n, 50, 4), c(0, 1)[i %% 2 + 1])
  direction <- c("increase", "decrease", "neutral")[i %% 3 + 1]
  keep(nhs_case(sprintf("nhs_%d", i), y, direction))
  keep(nhs_case(sprintf("nhs_%d_target", i), y, direction, target = c(30, 50, 80)[i %% 3 + 1]))
  keep(nhs_case(sprintf("nhs_%d_rebase", i), y, direction, target = 52, rebase = c(8, 12)[1:(i %% 2 + 1)]))
  keep(nhs_case(sprintf("nhs_%d_fix", i), y, direction, fix = 12, screen = i %% 2 == 0))
}

for (i in 1:20) {
  y <- sample(0:9, 12 + i, TRUE); if (i %% 5 == 0) y[4] <- NA; if (i %% 4 == 0) y <- sort(y)
  base <- median(y, na.rm = TRUE)
  shift <- tryCatch(runchart$basic_shift(base, y), error = function(e) NULL)
  trends <- tryCatch(runchart$basic_trend(y), error = function(e) NULL)
  places <- lapply(as.list(trends), function(t) which(!is.na(t)))
  keep(c(sourced(sprintf("shift_%d", i), "runchart"), list(chart = unbox("shift rule"), data = list(base = unbox(base), y = y), expected = list(shift_points = if (is.null(shift)) integer() else shift))))
  keep(c(sourced(sprintf("trend_%d", i), "runchart"), list(chart = unbox("trend rule"), data = list(y = y), expected = list(trends = unname(places)))))
}
write(toJSON(cases, digits = 12, na = "null"), "Tests/StatisticsTests/Vectors/charts.json")
cat(length(cases), "chart cases\n")

# Few points, all alike, on the centre, across gaps, far from 0, empty and full shares, a million behind each, out of order.
cases <- list()
series <- list(two = c(1, 2), equal = rep(5, 8), almost = c(rep(5, 9), 6), ties = c(1, 2, 2, 2, 3, 2, 2, 1, 2, 3, 2, 2), median = c(2, 1, 2, 3, 2, 1, 2, 3, 2, 2, 2, 2, 9),
  tenths = c(.1, .2, .3, .1, .2, .3, .1, .2, .3, .1, .2, .3, .2, .2, .2), big = 1e6 + c(1, 2, 3, 2, 1, 2, 5, 2, 1, 3), negative = -c(1, 2, 3, 2, 1, 2, 5, 2, 1, 30),
  gaps = c(1, NA, NA, 4, 2, NA, 3, 5, NA), trend = 1:20, zero = rep(0, 6), rare = c(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0))
for (nm in names(series)) for (chart in c("run", "i", "mr", "c", "g", "t")) {
  y <- series[[nm]]
  if (chart == "t" && any(y <= 0, na.rm = TRUE) || chart %in% c("c", "g") && any(y < 0, na.rm = TRUE)) next
  keep(qic_case(paste(chart, nm), chart, list(y = y), list(), y))
  keep(qic_case(paste(chart, nm, "unscreened"), chart, list(y = y), list(), y, screened = FALSE))
  if (length(y) > 6) {
    keep(qic_case(paste(chart, nm, "freeze"), chart, list(y = y, freeze = unbox(4)), list(), y, freeze = 4))
    keep(qic_case(paste(chart, nm, "part"), chart, list(y = y, part_after = 3), list(), y, part = 3))
    keep(qic_case(paste(chart, nm, "exclude"), chart, list(y = y, exclude = c(1, 3)), list(), y, exclude = c(1, 3)))
  }
}
shares <- list(one = list(c(0, 1, 0, 1, 1, 0), rep(1, 6)), none = list(rep(0, 8), rep(20, 8)), all = list(rep(20, 8), rep(20, 8)), million = list(c(500000, 499000, 501000, 500500, 499900, 500100), rep(1e6, 6)),
  mixed = list(c(1, 50000, 2, 3, 0, 1), c(2, 1e6, 9, 7, 5, 1)), missing = list(c(1, NA, 3, 4, 2), c(10, 10, NA, 12, 9)), broken = list(c(1, 2, 3, 2, 1, 4), c(1.5, 2.25, 3.5, 9.1, 4.4, 8.8)))
for (nm in names(shares)) for (chart in c("p", "pp", "u", "up", "ip")) {
  count <- shares[[nm]][[1]]; size <- shares[[nm]][[2]]; x <- seq_along(count); data <- list(count = count, n = size)
  keep(qic_case(paste(chart, nm), chart, data, list(), x, count, size))
  keep(qic_case(paste(chart, nm, "exclude"), chart, c(data, list(exclude = 2)), list(), x, count, size, exclude = 2))
}
x <- c(3, 1, 2, 5, 4, 6); y <- c(10, 20, 30, 25, 15, 12)
for (chart in c("run", "i", "mr", "xbar", "s")) keep(qic_case(paste(chart, "out of order"), chart, list(x = x, y = y), list(), x, y))
x <- c("2024-03-01", "2024-01-01", "2024-02-01", "2024-01-01", "2024-03-01", "2024-04-01")
for (chart in c("run", "i", "xbar", "s", "ip")) keep(qic_case(paste(chart, "dates twice"), chart, list(x = x, y = y), list(), as.Date(x), y))
for (nm in c("ties", "almost", "tenths", "big", "negative", "trend")) {
  y <- series[[nm]]
  keep(qcc_case(paste("qcc", nm), "xbar.one", list(phase1 = y), y))
  for (direction in c("increase", "neutral")) keep(nhs_case(paste("nhs", nm, direction), y, direction, target = 2))
}
y <- c(0, rep(1, 8), 0, -1, 2, 2, 3, 3, -3, rep(c(1, -1), 6), 1)
keep(qcc_case("qcc on the bounds", "xbar.one", list(statistics = y, center = unbox(0), sigma = unbox(1)), y, center = 0, std.dev = 1))
for (nm in c("million", "mixed", "none", "all")) for (chart in c("p", "np", "u"))
  keep(qcc_case(paste("qcc", chart, nm), chart, list(count = shares[[nm]][[1]], n = shares[[nm]][[2]]), shares[[nm]][[1]], sizes = shares[[nm]][[2]]))
write(paste0('{"cases": [\n', paste(sapply(cases, toJSON, digits = I(12), na = "null"), collapse = ",\n"), "]}"), "Tests/StatisticsTests/Vectors/edge-charts.json")
cat(length(cases), "edge charts\n")

cases <- list()
es <- c("NAP", "IRD", "PND", "PEM", "PAND", "Tau", "Tau_U", "Tau_BC", "SMD", "LRRi", "LRRd", "LRM")
single_case <- function(name, A, B, improvement, ...) {
  expected <- lapply(setNames(es, es), function(e) {
    r <- suppressWarnings(single[[paste0("calc_", e)]](A, B, improvement = improvement, ...))
    lapply(as.list(r), function(v) unbox(if (is.numeric(v)) format(v, digits = 8) else v))
  })
  c(sourced(name, "SingleCaseES 0.7.4"), list(improvement = unbox(improvement), data = list(A = A, B = B), expected = expected, kind = unbox("before_after")))
}
for (i in 1:30) {
  A <- round(rnorm(3 + i %% 5, 8, 2), i %% 2); B <- round(rnorm(4 + i %% 7, 8 + i %% 4, 2.5), i %% 2)
  A <- pmax(A, 1); B <- pmax(B, 1)
  keep(single_case(sprintf("single_%d", i), A, B, if (i %% 3) "increase" else "decrease"))
}
keep(single_case("no_overlap", c(2, 3, 5, 3), c(9, 8, 7, 12, 6), "increase"))
keep(single_case("all_overlap", c(9, 8, 7, 12, 6), c(2, 3, 5, 3), "increase"))
keep(single_case("two_baseline_points", c(2, 3), c(3, 4, 5), "increase"))
write(toJSON(cases, digits = 12, na = "null"), "Tests/StatisticsTests/Vectors/before_after.json")
cat(length(cases), "before and after cases\n")

cases <- list()
for (i in 1:6) {
  n <- 12 + 4 * i; before <- 5 + 2 * i; time <- seq_len(n); after <- as.numeric(time > before); since <- after * (time - before)
  y <- round(10 + .2 * time - 3 * after + .1 * since + as.numeric(arima.sim(list(ar = .4), n)), 3)
  fit <- lm(y ~ time + after + since)
  figures <- function(v) list(estimate = unname(coef(fit)), se = unname(sqrt(diag(v))))
  keep(list(name = unbox(sprintf("its_%d", i)), reference_run = unbox("R lm and sandwich::NeweyWest(prewhite = FALSE, adjust = FALSE)"), y = y, before = unbox(before), lag = unbox(i),
    ordinary = figures(vcov(fit)), newey_west = figures(sandwich::NeweyWest(fit, lag = i, prewhite = FALSE, adjust = FALSE)), p = unname(summary(fit)$coef[, 4])))
}
write(toJSON(cases, digits = 12, na = "null"), "Tests/StatisticsTests/Vectors/interrupted.json")
