/** Opens an address in the browser of the learner. */

const PROGRAMS: Readonly<Record<string, string>> = { darwin: "open", windows: "explorer" };

/** Whether a program was there that opens it. */
export async function openBrowser(address: string): Promise<boolean> {
  const program = PROGRAMS[Deno.build.os] ?? "xdg-open";
  try {
    const command = new Deno.Command(program, { args: [address], stdin: "null", stdout: "null", stderr: "null" });
    const { code } = await command.output();
    return code === 0 || Deno.build.os === "windows"; // explorer ends with 1 whatever it does
  } catch {
    return false;
  }
}
