#!/usr/bin/env Rscript
# Writes the expected numbers of Tests/StatisticsTests/Vectors/{pooling,effect-sizes,structured,regression}.json: published
# data sets (metadat) and generated ones, computed by metafor with tight iterations. Needs metafor 5.1 or newer for ROMC,
# SMCRH and the uncorrected d, which changed after 3.8; set R_LIBS to where it is.
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
options(warn = -1)
arguments <- commandArgs(trailingOnly = FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
target <- file.path(here, "../../Tests/StatisticsTests/Vectors")
run <- paste("metafor", packageVersion("metafor"), "metadat", packageVersion("metadat"))
tight <- list(threshold = 1e-13, maxiter = 100000, tol = 1e-14, stepadj = 1)
one <- function(x) unbox(as.numeric(x))

figures <- function(fit, prediction = TRUE) {
  out <- list(estimate = one(fit$beta), se = one(fit$se), stat = one(fit$zval), pval = one(fit$pval),
              ci_lb = one(fit$ci.lb), ci_ub = one(fit$ci.ub), tau2 = one(fit$tau2), I2 = one(fit$I2), H2 = one(fit$H2))
  if (prediction) {
    p <- predict(fit); r <- predict(fit, predtype = "riley")
    # With k = 2 metafor takes 1 degree of freedom where there is none; we refuse.
    riley <- if (fit$k > 2) c(r$pi.lb, r$pi.ub) else c(NA, NA)
    out <- c(out, list(pi_lb = one(p$pi.lb), pi_ub = one(p$pi.ub), pi_riley_lb = one(riley[1]), pi_riley_ub = one(riley[2])))
  }
  out
}

pool <- function(name, source, yi, vi) {
  ok <- is.finite(yi) & is.finite(vi) & vi > 0
  if (sum(ok) > 60) stop("more than 60 effects: the file would be too long")
  yi <- signif(yi[ok], 10); vi <- signif(vi[ok], 10)
  fit <- function(method, test = "z") rma(yi, vi, method = method, test = test, control = tight)
  ee <- fit("EE"); reml <- fit("REML")
  expected <- list(k = one(ee$k), Q = one(ee$QE), Q_df = one(ee$k - 1), Q_p = one(ee$QEp), EE = figures(ee, FALSE))
  for (m in c("DL", "PM", "REML", "ML", "SJ", "HE", "EB")) expected[[m]] <- figures(fit(m))
  for (m in c("DL", "PM", "REML")) {
    expected[[paste0(m, "_HK")]] <- figures(fit(m, "knha"))
    expected[[paste0(m, "_HK_adhoc")]] <- figures(fit(m, "adhoc"))
  }
  # The interval of tau2 by our own root search: uniroot's default tolerance leaves 4 digits.
  gen <- function(t) { w <- 1 / (vi + t); sum(w * (yi - sum(w * yi) / sum(w))^2) }
  root <- function(q) if (gen(0) <= q) 0 else {
    top <- 1; while (gen(top) > q) top <- top * 2
    uniroot(function(t) gen(t) - q, c(0, top), tol = 1e-15)$root
  }
  df <- length(yi) - 1; lb <- root(qchisq(.975, df)); ub <- root(qchisq(.025, df))
  typical <- df / (sum(1 / vi) - sum(1 / vi^2) / sum(1 / vi))
  expected$REML_Qprofile <- list(tau2_lb = one(lb), tau2_ub = one(ub), I2_lb = one(100 * lb / (lb + typical)),
                                 I2_ub = one(100 * ub / (ub + typical)))
  b <- blup(reml)
  expected$REML_BLUP <- list(pred = as.numeric(b$pred), se = as.numeric(b$se))
  l <- leave1out(reml)
  expected$REML_leave1out <- list(estimate = as.numeric(l$estimate), tau2 = as.numeric(l$tau2), I2 = as.numeric(l$I2))
  if (length(yi) >= 10) {
    e <- try(regtest(reml, model = "lm"), silent = TRUE)
    if (!inherits(e, "try-error")) expected$egger_lm <- list(t = one(e$zval), p = one(e$pval))
  }
  list(kind = unbox("pool"), name = unbox(name), source = unbox(source),
       studies = data.frame(yi = yi, vi = vi), expected = expected)
}

sets <- list(
  bcg_RR = quote(escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)),
  bcg_OR = quote(escalc("OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)),
  bcg_RD = quote(escalc("RD", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)),
  bcg_AS = quote(escalc("AS", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)),
  raudenbush1985 = quote(dat.raudenbush1985), bangertdrowns2004 = quote(dat.bangertdrowns2004),
  konstantopoulos2011 = quote(dat.konstantopoulos2011), hackshaw1998 = quote(dat.hackshaw1998),
  normand1999_MD = quote(escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)),
  normand1999_SMD = quote(escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)),
  curtis1998_ROM = quote(escalc("ROM", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.curtis1998)),
  hine1989_RD = quote(escalc("RD", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.hine1989)),
  li2007_OR = quote(escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.li2007)),
  nielweise2007_OR = quote(escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.nielweise2007)),
  nielweise2008_IRR = quote(escalc("IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, data = dat.nielweise2008)),
  yusuf1985_PETO = quote(escalc("PETO", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = subset(dat.yusuf1985, table == "6"))),
  collins1985a_OR = quote(escalc("OR", ai = b.xti, n1i = nti, ci = b.xci, n2i = nci, data = dat.collins1985a)),
  linde2005_RR = quote(escalc("RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.linde2005)),
  pritz1997_PFT = quote(escalc("PFT", xi = xi, ni = ni, data = dat.pritz1997)),
  debruin2009_PLO = quote(escalc("PLO", xi = xi, ni = ni, data = dat.debruin2009)),
  molloy2014_ZCOR = quote(escalc("ZCOR", ri = ri, ni = ni, data = dat.molloy2014)),
  mcdaniel1994_ZCOR = quote(escalc("ZCOR", ri = ri, ni = ni, data = dat.mcdaniel1994)),
  gibson2002_SMD = quote(escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.gibson2002)),
  lee2004_OR = quote(escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.lee2004)),
  lim2014 = quote(dat.lim2014$m_o_size), viechtbauer2021_OR = quote(dat.viechtbauer2021),
  laopaiboon2015_RR = quote(escalc("RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.laopaiboon2015)),
  kearon1998 = quote(escalc("PLO", xi = tp, mi = np - tp, data = dat.kearon1998)),
  begg1989 = quote(dat.begg1989), senn2013_MD = quote(dat.senn2013))

cases <- list()
for (name in names(sets)) {
  d <- try(eval(sets[[name]]), silent = TRUE)
  if (inherits(d, "try-error") || is.null(d$yi) || is.null(d$vi)) { cat("left out:", name, "\n"); next }
  case <- try(pool(name, paste0("metadat, ", sub("_.*", "", name)), as.numeric(d$yi), as.numeric(d$vi)), silent = TRUE)
  if (inherits(case, "try-error")) cat("left out:", name, case, "\n") else cases[[length(cases) + 1]] <- case
}
set.seed(20261124)
for (i in 1:40) {
  k <- c(2, 3, 4, 5, 7, 10, 15, 25)[(i - 1) %% 8 + 1]
  vi <- exp(rnorm(k, -3, 1)); tau2 <- c(0, .01, .1, 1, .002)[(i - 1) %/% 8 + 1]
  yi <- rnorm(k, .2, sqrt(vi + tau2))
  case <- try(pool(paste0("generated_", i, "_k", k), paste("set.seed(20261124), tau2", tau2), yi, vi), silent = TRUE)
  if (inherits(case, "try-error")) cat("left out: generated", i, "\n") else cases[[length(cases) + 1]] <- case
}
put <- function(file, cases) writeLines(c(paste0('{"run": "', run, '", "script": "script/compare-statistics/vectors.R", "cases": ['),
  paste0(sapply(cases, toJSON, digits = I(11), na = "null", dataframe = "rows"), c(rep(",", length(cases) - 1), "")), "]}"), file.path(target, file))
put("pooling.json", cases)
cat(length(cases), "pooled\n")

# Effect sizes ---------------------------------------------------------------------------------------------------------
cases <- list()
effect <- function(measure, input, call, options = NULL) {
  e <- try(do.call(escalc, c(list(measure = measure), call, options)), silent = TRUE)
  if (inherits(e, "try-error") || is.na(e$yi) || is.na(e$vi)) return()
  case <- list(kind = unbox("effect_size"), name = unbox(paste0(measure, "_", length(cases) + 1)), measure = unbox(measure),
               input = lapply(input, unbox), expected = list(yi = one(e$yi), vi = one(e$vi)))
  if (!is.null(options)) case$options <- lapply(options, unbox)
  cases[[length(cases) + 1]] <<- case
}
forms <- function(...) c(list(NULL), lapply(c(...), function(v) list(vtype = v)))
option_sets <- list(SMD = c(forms("LS2", "UB", "AV", "H0"), list(list(correct = FALSE), list(vtype = "LS2", correct = FALSE))),
  SMD1 = c(forms("LS2", "UB", "H0"), list(list(correct = FALSE))), SMDH = c(forms("LS2", "LS3"), list(list(correct = FALSE))),
  ROM = c(forms("LS2", "HO", "AV", "AVHO"), list(list(correct = FALSE))), MD = forms("UB", "HO"),
  SMCC = c(forms("LS2", "UB", "H0"), list(list(correct = FALSE))), SMCR = c(forms("LS2", "UB", "H0"), list(list(correct = FALSE))),
  SMCRH = c(forms("LS2"), list(list(correct = FALSE))), SMCRP = list(NULL, list(correct = FALSE)),
  ROMC = c(forms("LS2"), list(list(correct = FALSE))), RD = forms("UB", "AV", "H0"), PR = forms("UB", "AV"), PLN = forms("AV"),
  PLO = forms("AV"), PHI = c(forms("ST"), list(list(add = 0.5, to = "all"))), OR2DL = forms("H0"), OR2DN = forms("AV"),
  OR = c(forms("AV", "H0"), list(list(to = "all"), list(add = 0.1))), RR = c(forms("AV", "H0"), list(list(to = "all", add = 1))),
  AS = list(NULL, list(add = 0.5)))
each <- function(measures, input, call) for (m in measures)
  for (o in if (is.null(option_sets[[m]])) list(NULL) else option_sets[[m]]) effect(m, input, call, o)
for (i in 1:8) {
  g <- list(m1 = round(rnorm(1, 50, 10), 2), sd1 = round(runif(1, 4, 15), 2), n1 = sample(2:90, 1) + 1,
            m2 = round(rnorm(1, 48, 10), 2), sd2 = round(runif(1, 4, 15), 2), n2 = sample(2:90, 1) + 1)
  each(c("MD", "SMD", "SMD1", "SMDH", "ROM"), g, setNames(g, paste0(names(g), "i")))
  p <- list(m_post = g$m1, m_pre = g$m2, sd_post = g$sd1, sd_pre = g$sd2, n = g$n1, r = round(runif(1, -.2, .95), 2))
  each(c("MC", "SMCC", "SMCR", "SMCRH", "SMCRP", "ROMC"), p,
       list(m1i = p$m_post, m2i = p$m_pre, sd1i = p$sd_post, sd2i = p$sd_pre, ni = p$n, ri = p$r))
  t <- as.list(setNames(sample(0:60, 4), c("a", "b", "c", "d"))); if (i %% 3 == 0) t$a <- 0; if (i == 4) t$d <- 0
  each(c("OR", "RR", "RD", "AS", "PHI", "PETO", "OR2D", "OR2DL", "OR2DN", "PBIT", "MPRD", "MPRR", "MPOR", "MPORC", "MPPETO"),
       t, setNames(t, paste0(names(t), "i")))
  x <- list(x1 = sample(0:40, 1), t1 = round(runif(1, 20, 500), 1), x2 = sample(0:40, 1), t2 = round(runif(1, 20, 500), 1))
  if (i == 2) x$x1 <- 0
  each(c("IRR", "IRD", "IRSD"), x, setNames(x, paste0(names(x), "i")))
  n <- sample(5:80, 1); s <- list(x = if (i == 3) 0 else if (i == 5) n else sample(0:n, 1), n = n)
  each(c("PR", "PLN", "PLO", "PAS", "PFT"), s, list(xi = s$x, ni = s$n))
}
put("effect-sizes.json", cases)
cat(length(cases), "effect sizes\n")

# Three levels and cluster-robust --------------------------------------------------------------------------------------
cases <- list()
nested <- function(name, source, d, outer, inner) {
  d$o <- factor(d[[outer]]); d$i <- factor(d[[inner]])
  m <- rma.mv(yi, vi, random = ~ 1 | o/i, data = d)
  r <- robust(m, cluster = d$o); n <- rma(yi, vi, data = d, control = tight)
  studies <- setNames(data.frame(as.character(d[[outer]]), as.character(d[[inner]]), d$yi, d$vi), c(outer, inner, "yi", "vi"))
  three <- list(estimate = one(m$beta), se = one(m$se), ci_lb = one(m$ci.lb), ci_ub = one(m$ci.ub))
  three[[paste0("sigma2_", outer)]] <- one(m$sigma2[1]); three[[paste0("sigma2_", inner)]] <- one(m$sigma2[2])
  three$Q <- one(m$QE)
  list(kind = unbox("structured"), name = unbox(name), source = unbox(source), studies = studies, expected = list(
    three_level_REML = three,
    naive_two_level_REML = list(estimate = one(n$beta), se = one(n$se), ci_lb = one(n$ci.lb), ci_ub = one(n$ci.ub), tau2 = one(n$tau2)),
    cluster_robust = list(estimate = one(r$beta), se = one(r$se), df = one(r$ddf[1]), ci_lb = one(r$ci.lb), ci_ub = one(r$ci.ub))))
}
nested_or_not <- function(...) {
  case <- try(nested(...), silent = TRUE)
  if (inherits(case, "try-error")) cat("left out:", ..1, "\n") else cases[[length(cases) + 1]] <<- case
}
nested_or_not("konstantopoulos2011", "metadat", dat.konstantopoulos2011, "district", "school")
if (exists("dat.assink2016")) {
  d <- dat.assink2016; nested_or_not("assink2016", "metadat", data.frame(study = d$study, esid = d$esid, yi = round(d$yi, 8), vi = round(d$vi, 8)), "study", "esid")
}
for (i in 1:10) {
  m <- sample(4:15, 1); size <- sample(1:6, m, TRUE); school <- rep(1:m, size); k <- length(school)
  vi <- round(exp(rnorm(k, -3, .8)), 6)
  yi <- round(.2 + rnorm(m, 0, c(0, .2, .5)[i %% 3 + 1])[school] + rnorm(k, 0, c(.3, 0, .1, .2)[i %% 4 + 1]) + rnorm(k, 0, sqrt(vi)), 6)
  d <- data.frame(school = school, trial = sequence(size), yi = yi, vi = vi)
  nested_or_not(paste0("generated_", i), "generated, same seed", d, "school", "trial")
}
put("structured.json", cases)
cat(length(cases), "structured\n")

# Meta-regression ------------------------------------------------------------------------------------------------------
cases <- list()
regression <- function(name, d, moderators, method, test) {
  X <- as.matrix(d[moderators]); m <- rma(d$yi, d$vi, mods = X, method = method, test = test, control = tight)
  list(kind = unbox("regression"), name = unbox(name), studies = data.frame(yi = d$yi, vi = d$vi, d[moderators]),
       moderators = moderators, options = list(method = unbox(method), test = unbox(test)), expected = list(
    estimate = as.numeric(m$beta), se = as.numeric(m$se), stat = as.numeric(m$zval), pval = as.numeric(m$pval),
    ci_lb = as.numeric(m$ci.lb), ci_ub = as.numeric(m$ci.ub), tau2 = one(m$tau2), I2 = one(m$I2), H2 = one(m$H2),
    QE = one(m$QE), QE_p = one(m$QEp), QM = one(m$QM), QM_p = one(m$QMp), R2 = one(m$R2)))
}
b <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg); b$yi <- signif(as.numeric(b$yi), 10); b$vi <- signif(b$vi, 10)
r <- subset(dat.bangertdrowns2004, !is.na(length)); r$yi <- as.numeric(r$yi)
for (method in c("REML", "ML", "DL", "PM", "HE", "SJ", "EB")) for (test in c("z", "knha", "adhoc")) {
  cases[[length(cases) + 1]] <- regression("bcg_ablat", b, "ablat", method, test)
  cases[[length(cases) + 1]] <- regression("bcg_ablat_year", b, c("ablat", "year"), method, test)
  cases[[length(cases) + 1]] <- regression("bangertdrowns2004_length", r, "length", method, test)
}
put("regression.json", cases)
cat(length(cases), "regressions\n")
