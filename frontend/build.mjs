// Bundles each component into pipeline/ui/components/<name>/dist: one script, one style, one page, nothing fetched.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

for (const name of ["review", "map"]) {
  const out = `../pipeline/ui/components/${name}/dist`;
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: [`src/${name}/index.ts`],
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "eof",
    target: "es2022",
    format: "iife",
    outfile: `${out}/index.js`,
  });
  await build({ entryPoints: [`src/${name}/style.css`], bundle: true, minify: true, outfile: `${out}/style.css` });
  await copyFile(`src/${name}/index.html`, `${out}/index.html`);
}
