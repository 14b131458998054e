/** Decides whether a request may be answered: it must come from the page, which knows the token. */

/** What the server gives itself out as. */
export interface Identity {
  /** The host and port of its address: `127.0.0.1:8017`. */
  host: string;
  /** Further names under which it is reached: `localhost:8017`. */
  aliases: readonly string[];
  /** Whether any address of this machine may be used, because the learner has asked for it. */
  open: boolean;
  token: string;
}

/** Why a request is refused, and with which status; or what to do with it. */
type Decision = { status: 400 | 403; reason: string } | { enter: true } | undefined;

/** The name of the cookie with the token; each port has its own, as browsers do not tell ports apart. */
export function cookieName({ host }: Identity): string {
  return `gradually-${host.replace(/^.*:/, "")}`;
}

/** Undefined for a request that may be answered; `enter` for one that brings the token. */
export function decide(request: Request, identity: Identity): Decision {
  const host = request.headers.get("host") ?? "";
  if (!isOwn(host, identity)) return { status: 403, reason: "this server answers only under its own address" };
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) {
    return { status: 403, reason: "another page may not ask this server" };
  }
  if (request.headers.get("sec-fetch-site") === "cross-site" && request.headers.get("sec-fetch-mode") !== "navigate") {
    return { status: 403, reason: "another page may not ask this server" };
  }
  const given = new URL(request.url).searchParams.get("token");
  if (given !== null) {
    return isSame(given, identity.token)
      ? { enter: true }
      : { status: 403, reason: "the token is not the one of this server" };
  }
  const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const found = cookies.find((each) => each.startsWith(`${cookieName(identity)}=`))?.replace(/^[^=]*=/, "") ?? "";
  if (isSame(found, identity.token)) return undefined;
  return { status: 403, reason: "open the address that deno task web has printed: it has the token" };
}

function isOwn(host: string, { host: own, aliases, open }: Identity): boolean {
  if (host === own || aliases.includes(host)) return true;
  return open && /^[\d.]+:\d+$/.test(host) && host.replace(/^.*:/, "") === own.replace(/^.*:/, "");
}

/** Compares without telling by its time how much of a guess is right. */
function isSame(given: string, token: string): boolean {
  let difference = given.length ^ token.length;
  for (let i = 0; i < token.length; i++) {
    difference |= given.charCodeAt(i % Math.max(1, given.length)) ^ token.charCodeAt(i);
  }
  return difference === 0;
}
