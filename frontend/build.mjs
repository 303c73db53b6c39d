// Bundles each component into pipeline/ui/components/<name>/dist: one script, one style, nothing fetched; a component
// with a frame of its own has a page as well, one without is a module that Streamlit calls.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";

for (const name of ["review", "map", "tasks", "links"]) {
  const out = `../pipeline/ui/components/${name}/dist`;
  const framed = existsSync(`src/${name}/index.html`);
  await mkdir(out, { recursive: true });
  const { metafile } = await build({
    entryPoints: [`src/${name}/index.ts`],
    bundle: true,
    minify: true,
    metafile: true,
    charset: "utf8",
    legalComments: "eof",
    target: "es2022",
    format: framed ? "iife" : "esm",
    outfile: `${out}/index.js`,
  });
  const styled = existsSync(`src/${name}/style.css`);
  const style = styled && await build({
    entryPoints: [`src/${name}/style.css`],
    bundle: true,
    minify: true,
    metafile: true,
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    outfile: `${out}/style.css`,
  });
  if (framed) await copyFile(`src/${name}/index.html`, `${out}/index.html`);
  const packages = new Set([...Object.keys(metafile.inputs), ...Object.keys(style ? style.metafile.inputs : {})].map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]));
  packages.delete(undefined);
  if (packages.size) await writeFile(`${out}/licenses.txt`, await licenses([...packages].sort()));
}

/** The licences of the libraries that are in a bundle: they ask to stand beside it. */
async function licenses(packages) {
  const parts = [];
  for (const name of packages) {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence file`);
    parts.push(`${name} ${version} (${license})\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`);
  }
  return parts.join("\n----------------------------------------\n\n");
}
