// Stands in for an editor: puts what ANSWER_TEXT's file holds into the file that it is given, and says so on the terminal.
const [from, to] = Deno.args;
console.log(`editing ${to.replace(/^.*\//, "")}`);
Deno.writeTextFileSync(to, Deno.readTextFileSync(from));
