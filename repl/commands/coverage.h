/* rules coverage: what the tests of the workspace saw of its rules, and what they never saw. A
 * criterion and a scoring rule must be seen both ways, true and false; a stage is seen when a move
 * or a new record entered it, an action, a report and a command when it ran. */
#ifndef REPL_COMMANDS_COVERAGE_H
#define REPL_COMMANDS_COVERAGE_H

#include "bind/bind.h"
#include "repl/command.h"

extern const struct option_entry coverage_options[], coverage_test_options[];

/* rules coverage [PART]: runs all tests; the answer is a row per file, or per declaration with
 * --each, of those whose file or id contains the word. */
bool coverage_run(struct call *call, struct error *err);
/* rules test --coverage: runs them and notes in the call's result how much they saw, and what not.
 */
bool coverage_run_tests(struct call *call, struct state_tests *tests, struct error *err);
/* That some failed: a complaint, and the exit code. */
void coverage_tell_failed(struct call *call, const struct state_tests *tests);

#endif
