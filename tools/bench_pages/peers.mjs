// Writes the book's text as sources for mdBook and VitePress, so that the same chapters can be
// measured as other programs show them.
//
//   node peers.mjs CONTENT WORK     writes WORK/mdbook and WORK/vitepress, and WORK/book.json
//
// What a plain Markdown program cannot show is made plain, in favour of the other two where there is
// a choice: labs are left out, so that their pages have neither pictures nor programs of them; quizzes
// and predictions become code blocks of their TOML; exercises and their solutions become text;
// formulas stay as TeX; citations become `[key]`; links to definitions and runs become their text.
// Neither has the question bank or the list of sources below the chapters. mdBook's *run* button for
// Rust is switched off: it asks another host.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [content, work] = process.argv.slice(2);
const read = (name) => readFileSync(join(content, name), "utf8");
const value = (toml, key) => toml.match(new RegExp(`^${key} = "?(.*?)"?$`, "m"))[1];

const chapters = readdirSync(join(content, "chapters"))
  .map((file) => {
    const [, front, text] = read(join("chapters", file)).match(/^\+\+\+\n(.*?)\n\+\+\+\n(.*)$/s);
    const [title, question, description] = ["title", "question", "description"].map((key) => value(front, key));
    return { slug: file.replace(".md", ""), number: Number(value(front, "number")), title, question, description, text: plain(text) };
  })
  .sort((a, b) => a.number - b.number);
const [title, subtitle] = ["title", "subtitle"].map((key) => value(read("book.toml"), key));
const home = `# ${title}\n\n${subtitle}\n\n${chapters.map((c) => `${c.number}. [${c.title}](${c.slug}.md): ${c.question}`).join("\n")}\n`;

function plain(text) {
  const lines = [];
  let fence = null; // { ticks, kind, within } of the block that is open
  for (const line of text.split("\n")) {
    const [, ticks, kind] = line.match(/^(`{3,})(\w*)/) ?? [];
    if (fence && ticks === fence.ticks && line === ticks) {
      if (fence.kind !== "lab" && fence.kind !== "exercise") lines.push(line);
      fence = fence.within;
    } else if (ticks && (!fence || fence.kind === "exercise")) {
      fence = { ticks, kind, within: fence };
      if (kind === "quiz" || kind === "predict") lines.push(`${ticks}toml`);
      else if (kind !== "lab" && kind !== "exercise") lines.push(line);
    } else if (!fence || fence.kind === "exercise") {
      lines.push(plainLine(line));
    } else if (fence.kind !== "lab") {
      lines.push(line);
    }
  }
  return lines.join("\n");
}

function plainLine(line) {
  return line
    .replace(/^> \[!\w+[^\]]*\] ?/, "> ")
    .replace(/\[([^\]]*)\]\((?:concept|lab):[^)]*\)/g, "$1")
    .replace(/\[\^([\w-]+)\]/g, "[$1]")
    .replaceAll("{{", "{ {"); // VitePress would compute what stands between them.
}

function write(name, text) {
  mkdirSync(join(work, name, ".."), { recursive: true });
  writeFileSync(join(work, name), text);
}

rmSync(join(work, "mdbook"), { recursive: true, force: true });
rmSync(join(work, "vitepress"), { recursive: true, force: true });
write("mdbook/book.toml", `[book]\ntitle = ${JSON.stringify(title)}\nlanguage = "en"\n[output.html.playground]\nrunnable = false\n`);
write("mdbook/src/SUMMARY.md", `# Summary\n\n[${title}](index.md)\n\n${chapters.map((c) => `- [${c.title}](${c.slug}.md)`).join("\n")}\n`);
write("mdbook/src/index.md", home);
const sidebar = chapters.map((c) => ({ text: c.title, link: `/${c.slug}` }));
const config = {
  title,
  description: subtitle,
  // None of its own: a browser would ask for one that is not there.
  head: [["link", { rel: "icon", href: "data:," }]],
  ignoreDeadLinks: true,
  markdown: { html: false },
  themeConfig: { sidebar, outline: "deep" },
};
write("vitepress/.vitepress/config.mjs", `export default ${JSON.stringify(config, null, 2)};\n`);
write("vitepress/index.md", home);
for (const { slug, title, description, text } of chapters) {
  write(`mdbook/src/${slug}.md`, `# ${title}\n${text}`);
  write(`vitepress/${slug}.md`, `---\ndescription: ${JSON.stringify(description)}\n---\n\n# ${title}\n${text}`);
}
for (const folder of ["mdbook/src/figures", "vitepress/figures"]) cpSync(join(content, "figures"), join(work, folder), { recursive: true });
write("book.json", JSON.stringify(chapters.map(({ slug, number, title }) => ({ slug, number, title }))));
