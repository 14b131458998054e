/** Names that a page and the Worker of its cells agree on. */

/** What stands before the path of a file of the course, in addresses that only look like files. */
export const ROOT = "file:///";
/** The module that joins the cells to the course. */
export const BRIDGE = "gradually:bridge";
