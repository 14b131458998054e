/** The errors of Deno that the course and the library know by name. */

class NotFound extends Error {
  override readonly name = "NotFound";
}
class NotCapable extends Error {
  override readonly name = "NotCapable";
}
class PermissionDenied extends Error {
  override readonly name = "PermissionDenied";
}
class NotADirectory extends Error {
  override readonly name = "NotADirectory";
}
class AlreadyExists extends Error {
  override readonly name = "AlreadyExists";
}
class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

/** Takes the place of `Deno.errors`. */
export const errors = { NotFound, NotCapable, PermissionDenied, NotADirectory, AlreadyExists, BrokenPipe };
