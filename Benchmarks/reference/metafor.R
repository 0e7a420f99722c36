# What PoolingBenchmark.swift measures, by metafor. Arguments: pool or idea, a CSV of yi and vi, how many times.
# Prints the median seconds of a call and the pooled estimate.
suppressPackageStartupMessages(library(metafor))
arguments <- commandArgs(trailingOnly = TRUE)
data <- read.csv(arguments[2])
times <- as.integer(arguments[3])

work <- function() {
  fit <- rma(yi, vi, data = data, method = "REML", test = "adhoc")
  if (arguments[1] == "idea") {
    predict(fit)
    confint(fit)
    blup(fit)
    leave1out(fit)
    regtest(fit)
  }
  fit
}

fit <- work()
seconds <- if (times > 1) replicate(times, system.time(work(), gcFirst = FALSE)[["elapsed"]]) else 0
cat(format(median(seconds), digits = 10), format(coef(fit)[[1]], digits = 15), "\n")
