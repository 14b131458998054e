// A fake editor: copies the first file to the second, which the lesson asks it to edit, and says so on the terminal.
const [from, to] = Deno.args;
console.log(`editing ${to.replace(/^.*\//, "")}`);
Deno.writeTextFileSync(to, Deno.readTextFileSync(from));
