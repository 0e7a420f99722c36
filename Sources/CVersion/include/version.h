/* The release that this program is, such as 1.2.0; "development" when no release made it. Swift takes no text from the
 * command line that compiles it, C does. */
const char *league_version(void);
