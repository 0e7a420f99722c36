#!/usr/bin/env Rscript
# Writes Tests/StatisticsTests/Vectors/edges.json: what metafor (5.1 or newer) and clubSandwich say where answers go wrong:
# empty cells and rows, two or three pupils, denominators of a million, effects that agree exactly or lie a million from 0,
# variances that differ a millionfold, several trials of one school. Set R_LIBS to where they are.
suppressMessages({library(metafor); library(clubSandwich); library(jsonlite)})
options(warn = -1)
arguments <- commandArgs(trailingOnly = FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
run <- paste("metafor", packageVersion("metafor"), "clubSandwich", packageVersion("clubSandwich"))
tight <- list(threshold = 1e-13, maxiter = 2000, tol = 1e-14, stepadj = 1)
set.seed(20261128)
one <- function(x) unbox(as.numeric(x))
cases <- list()
keep <- function(case) cases[[length(cases) + 1]] <<- case

# Effect sizes ---------------------------------------------------------------------------------------------------------
effect <- function(measure, input, call, options = NULL) {
  e <- try(do.call(escalc, c(list(measure = measure), call, options)), silent = TRUE)
  if (inherits(e, "try-error")) return()
  case <- list(kind = unbox("effect_size"), name = unbox(paste0(measure, "_edge_", length(cases) + 1)), measure = unbox(measure),
               input = lapply(input, unbox), expected = list(yi = one(e$yi), vi = one(e$vi)))
  if (!is.null(options)) case$options <- lapply(options, unbox)
  keep(case)
}
each <- function(measures, input, call, options = list(NULL)) for (m in measures) for (o in options) effect(m, input, call, o)
groups <- list(c(1e6, 1e5, 1e6, 9.9e5, 1.1e5, 999999), c(1e-9, 1e-9, 5, 2e-9, 1.5e-9, 6), c(5, 1, 2, 4, 2, 3), c(5, 1, 3, 5, 1, 3), c(-5, 1, 30, -4, 2, 20))
for (g in groups) {
  g <- as.list(setNames(g, c("m1", "sd1", "n1", "m2", "sd2", "n2")))
  each(c("MD", "SMD", "SMD1", "SMDH", "SMD1H", "ROM"), g, setNames(g, paste0(names(g), "i")), list(NULL, list(correct = FALSE)))
  for (r in c(-1, 0, .5, 1)) {
    p <- list(m_post = g$m1, m_pre = g$m2, sd_post = g$sd1, sd_pre = g$sd2, n = g$n1, r = r)
    each(c("MC", "SMCC", "SMCR", "SMCRH", "SMCRP", "SMCRPH", "ROMC"), p,
         list(m1i = p$m_post, m2i = p$m_pre, sd1i = p$sd_post, sd2i = p$sd_pre, ni = p$n, ri = p$r))
  }
}
tables <- list(c(0, 10, 0, 10), c(0, 10, 10, 0), c(10, 0, 10, 0), c(1, 0, 0, 1), c(5e5, 5e5, 499000, 501000), c(1, 999999, 0, 1e6), c(5, 5, 5, 5))
for (t in tables) {
  t <- as.list(setNames(t, c("a", "b", "c", "d")))
  each(c("OR", "RR", "RD", "AS", "PHI", "PETO", "OR2DL", "OR2DN", "PBIT", "MPRD", "MPRR", "MPOR", "MPORC", "MPPETO"), t,
       setNames(t, paste0(names(t), "i")), list(NULL, list(add = .1), list(to = "none"), list(to = "all"), list(drop00 = TRUE)))
}
for (x in list(c(0, 10, 0, 10), c(0, 1e6, 5, 1e6), c(3, .5, 4, .25))) {
  x <- as.list(setNames(x, c("x1", "t1", "x2", "t2")))
  each(c("IRR", "IRD", "IRSD"), x, setNames(x, paste0(names(x), "i")), list(NULL, list(add = .1), list(to = "none"), list(to = "all")))
}
for (x in list(c(0, 10), c(10, 10), c(1, 1), c(0, 1), c(5e5, 1e6), c(1, 1e6))) {
  each(c("PR", "PLN", "PLO", "PAS", "PFT"), list(x = x[1], n = x[2]), list(xi = x[1], ni = x[2]), list(NULL, list(to = "none"), list(to = "all")))
}
# The difference of two groups' changes, each by its own standard deviation before: Morris 2008, table 1, as metafor's
# documentation computes it.
t <- data.frame(m_pre = c(30.6, 23.5, .5, 53.4, 35.6), m_post = c(38.5, 26.8, .7, 75.9, 36), sd_pre = c(15, 3.1, .1, 14.5, 4.7), n = c(20, 50, 9, 10, 14), r = c(.47, .64, .77, .89, .44))
c <- data.frame(m_pre = c(23.1, 24.9, .6, 55.7, 34.8), m_post = c(19.7, 25.3, .6, 60.7, 33.4), sd_pre = c(13.8, 4.1, .2, 17.3, 3.1), n = c(20, 42, 9, 11, 14), r = c(.47, .64, .77, .89, .44))
change <- function(d) escalc("SMCR", m1i = m_post, m2i = m_pre, sd1i = sd_pre, ni = n, ri = r, data = d)
for (i in 1:5) {
  a <- change(t[i, ]); b <- change(c[i, ])
  keep(list(kind = unbox("effect_size"), name = unbox(paste0("DPPC1_", i)), measure = unbox("DPPC1"),
            input = list(treatment = lapply(t[i, ], unbox), control = lapply(c[i, ], unbox)),
            expected = list(yi = one(a$yi - b$yi), vi = one(a$vi + b$vi))))
}

# Pooling --------------------------------------------------------------------------------------------------------------
figures <- function(fit) list(estimate = one(fit$beta), se = one(fit$se), stat = one(fit$zval), pval = one(fit$pval), ci_lb = one(fit$ci.lb), ci_ub = one(fit$ci.ub), tau2 = one(fit$tau2))
pool <- function(name, yi, vi) {
  expected <- list()
  # Where its iteration does not settle there is nothing to compare.
  ask <- function(key, ...) { fit <- try(rma(yi, vi, ..., control = tight), silent = TRUE); if (!inherits(fit, "try-error")) expected[[key]] <<- figures(fit) }
  for (m in c("EE", "DL", "PM", "REML", "ML", "SJ", "HE")) ask(m, method = m)
  ask("REML_HK", test = "knha"); ask("REML_HK_adhoc", test = "adhoc")
  keep(list(kind = unbox("pool"), name = unbox(name), studies = data.frame(yi = yi, vi = vi), expected = expected))
}
pool("effects that agree exactly", rep(.3, 6), c(.01, .02, .03, .04, .05, .06))
pool("one far away", c(.1, .2, .3, 5), rep(.01, 4))
pool("one very precise", c(.1, .2, .3, .4), c(1e-8, .1, .1, .1))
pool("two far apart", c(-5, 5), c(.01, .01))
pool("two heaps", c(rep(0, 5), rep(1, 5)), rep(1e-4, 10))
pool("a million from 0", 1e6 + c(.1, .2, .4), c(.01, .02, .01))
pool("variances from 1e-6 to 10", round(rnorm(8), 4), 10^(-6:1))
pool("a hundred million times larger", 1e8 * c(.4, -.2, .9, .3, .1), 1e16 * c(.02, .03, .05, .01, .2))

# Clusters -------------------------------------------------------------------------------------------------------------
robustly <- function(fit, units, form) {
  r <- do.call(robust, list(fit, cluster = units, clubSandwich = form == "CR2"))
  found <- lapply(seq_along(r$beta), function(j) list(estimate = one(r$beta[j]), se = one(r$se[j]), df = one(r$ddf[min(j, length(r$ddf))]), pval = one(r$pval[j]), ci_lb = one(r$ci.lb[j]), ci_ub = one(r$ci.ub[j])))
  if (length(found) == 1) found[[1]] else setNames(found, ifelse(rownames(r$beta) == "intrcpt", "intrcpt", sub("^X?", "", rownames(r$beta))))
}
clustered <- function(name, d, outer, inner) {
  studies <- setNames(data.frame(as.character(d[[outer]]), as.character(d[[inner]]), d$yi, d$vi), c(outer, inner, "yi", "vi"))
  d$o <- factor(d[[outer]]); d$i <- factor(d[[inner]])
  nested <- try(rma.mv(yi, vi, random = ~ 1 | o/i, data = d), silent = TRUE)
  if (!inherits(nested, "try-error")) keep(list(kind = unbox("structured"), name = unbox(name), studies = studies, expected = list(
    cluster_robust = robustly(nested, d$o, "CR1"), cluster_robust_CR2 = robustly(nested, d$o, "CR2"))))
  plain <- rma(yi, vi, data = d, control = tight)
  keep(list(kind = unbox("pool"), name = unbox(paste(name, "pooled")), studies = studies, options = list(cluster = unbox(outer)), expected = list(
    cluster_robust = robustly(plain, d$o, "CR1"), cluster_robust_CR2 = robustly(plain, d$o, "CR2"))))
}
clustered("konstantopoulos2011", dat.konstantopoulos2011, "district", "school")
for (i in 1:8) {
  m <- c(3, 4, 6, 10)[(i - 1) %% 4 + 1]; size <- sample(1:5, m, TRUE); school <- rep(1:m, size); k <- length(school)
  vi <- round(exp(rnorm(k, -3, .8)), 6)
  yi <- round(.2 + rnorm(m, 0, c(.1, .2, .5)[i %% 3 + 1])[school] + rnorm(k, 0, .2) + rnorm(k, 0, sqrt(vi)), 6)
  clustered(paste("generated", i), data.frame(school = paste0("s", school), trial = paste0("t", sequence(size)), yi = yi, vi = vi), "school", "trial")
}
regression <- function(name, d, mods, cluster, method) {
  X <- as.matrix(d[mods]); fit <- rma(d$yi, d$vi, mods = X, method = method, control = tight)
  keep(list(kind = unbox("regression"), name = unbox(name), studies = d[c("yi", "vi", mods, cluster)], moderators = I(mods),
            options = list(cluster = unbox(cluster), method = unbox(method)), expected = list(cluster_robust_CR2 = robustly(fit, d[[cluster]], "CR2"))))
}
d <- dat.konstantopoulos2011; d$yi <- as.numeric(d$yi); d$year <- d$year - 1990; d$order <- d$school / 2
regression("konstantopoulos2011 by year", d, "year", "district", "REML")
regression("konstantopoulos2011 by year and order", d, c("year", "order"), "district", "DL")

write(paste0('{"run": "', run, '", "script": "script/compare-statistics/edges.R", "cases": [\n',
  paste(sapply(cases, toJSON, digits = I(13), na = "null", dataframe = "rows"), collapse = ",\n"), "]}"),
  file.path(here, "../../Tests/StatisticsTests/Vectors/edges.json"))
cat(length(cases), "edge cases\n")
