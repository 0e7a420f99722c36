/* GLPK behind four calls that never end the process.
 *
 * GLPK answers a wrong call or exhausted memory by abort() unless its error hook jumps away, and setjmp cannot be called
 * from Swift; so the jump is taken here. After such an error GLPK's environment of this thread is released with every
 * problem in it: the caller forgets its pointer and reports the failure. Debian builds GLPK with an environment per
 * thread (glp_config("TLS") is "_Thread_local"), so threads never meet as long as each keeps to its own problem. */
#include <glpk.h>
#include <setjmp.h>

enum {
  league_lp_optimal = 0,
  league_lp_infeasible = 1,
  league_lp_unbounded = 2,
  league_lp_undecided = 3,
  /* GLPK gave up and released everything: the problem's pointer is dead. */
  league_lp_broken = 4
};

static inline void league_lp_jump(void *place) { longjmp(*(jmp_buf *)place, 1); }

static inline int league_lp_fail(void) {
  glp_error_hook(NULL, NULL);
  glp_free_env();
  return league_lp_broken;
}

/* Whether GLPK keeps an environment per thread. */
static inline int league_lp_is_thread_local(void) { return glp_config("TLS") != NULL; }

static inline void league_lp_bounds(glp_prob *problem, int is_row, int index, double lower, double upper) {
  int has_lower = lower > -1e300, has_upper = upper < 1e300;
  int type = has_lower ? (has_upper ? (lower == upper ? GLP_FX : GLP_DB) : GLP_LO) : (has_upper ? GLP_UP : GLP_FR);
  if (is_row) glp_set_row_bnds(problem, index, type, lower, upper);
  else glp_set_col_bnds(problem, index, type, lower, upper);
}

/* A problem of `rows` sums over `columns` unknowns with `entries` coefficients; row_of and column_of count from 1, and
 * as GLPK wants it element 0 of the three lists of entries is not read. NULL when GLPK gave up. */
static inline glp_prob *league_lp_new(
    int rows, int columns, int entries, const int *row_of, const int *column_of, const double *coefficients,
    const double *row_lower, const double *row_upper, const double *column_lower, const double *column_upper) {
  jmp_buf place;
  glp_term_out(GLP_OFF);
  if (setjmp(place)) { league_lp_fail(); return NULL; }
  glp_error_hook(league_lp_jump, &place);
  glp_prob *problem = glp_create_prob();
  if (rows > 0) glp_add_rows(problem, rows);
  if (columns > 0) glp_add_cols(problem, columns);
  for (int i = 0; i < rows; i++) league_lp_bounds(problem, 1, i + 1, row_lower[i], row_upper[i]);
  for (int i = 0; i < columns; i++) league_lp_bounds(problem, 0, i + 1, column_lower[i], column_upper[i]);
  glp_load_matrix(problem, entries, row_of, column_of, coefficients);
  glp_adv_basis(problem, 0);
  glp_error_hook(NULL, NULL);
  return problem;
}

/* Changes what one row (is_row) or column, counted from 1, may be. */
static inline int league_lp_limit(glp_prob *problem, int is_row, int index, double lower, double upper) {
  jmp_buf place;
  if (setjmp(place)) return league_lp_fail();
  glp_error_hook(league_lp_jump, &place);
  league_lp_bounds(problem, is_row, index, lower, upper);
  glp_error_hook(NULL, NULL);
  return league_lp_optimal;
}

static inline void league_lp_coefficient(glp_prob *problem, int column, double coefficient) {
  glp_set_obj_coef(problem, column, coefficient);
}

/* Finds the least (maximize 0) or greatest (1) value of the objective, starting from the last basis. */
static inline int league_lp_solve(glp_prob *problem, int maximize, int milliseconds) {
  jmp_buf place;
  glp_smcp how;
  if (setjmp(place)) return league_lp_fail();
  glp_error_hook(league_lp_jump, &place);
  glp_set_obj_dir(problem, maximize ? GLP_MAX : GLP_MIN);
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.tm_lim = milliseconds;
  int ended = glp_simplex(problem, &how);
  if (ended == GLP_EBADB || ended == GLP_ESING || ended == GLP_ECOND || ended == GLP_EFAIL) {
    glp_std_basis(problem);
    ended = glp_simplex(problem, &how);
  }
  int status = glp_get_status(problem);
  glp_error_hook(NULL, NULL);
  if (ended != 0) return league_lp_undecided;
  if (status == GLP_OPT) return league_lp_optimal;
  if (status == GLP_NOFEAS || status == GLP_INFEAS) return league_lp_infeasible;
  return status == GLP_UNBND ? league_lp_unbounded : league_lp_undecided;
}

static inline double league_lp_objective(glp_prob *problem) { return glp_get_obj_val(problem); }

/* The value of each column in the solution found last. */
static inline void league_lp_values(glp_prob *problem, int columns, double *values) {
  for (int i = 0; i < columns; i++) values[i] = glp_get_col_prim(problem, i + 1);
}

static inline void league_lp_free(glp_prob *problem) { glp_delete_prob(problem); }
