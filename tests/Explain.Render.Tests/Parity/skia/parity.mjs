// usage: node parity.mjs FOLDER
//
// Draws every FOLDER/name.json with Skia to FOLDER/name.rgba (straight alpha, row after row) and, with finer coverage, to FOLDER/name.fine.rgba.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CanvasKitSurface, FineCanvasKitSurface } from "./canvaskit.mjs";
import { prepare, replay } from "./replay.mjs";

const [folder] = process.argv.slice(2);
// An abort of WebAssembly says nothing of the scene; this does.
let drawing = "nothing yet";
process.on("exit", code => { if (code !== 0) console.error(`Skia failed at ${drawing}.`); });
for (const file of readdirSync(folder).filter(name => name.endsWith(".json"))) {
  const scene = JSON.parse(readFileSync(join(folder, file), "utf8"));
  for (const [suffix, Surface] of [[".rgba", CanvasKitSurface], [".fine.rgba", FineCanvasKitSurface]]) {
    drawing = file.replace(/\.json$/, suffix);
    const surface = new Surface(scene);
    replay(prepare(scene.nodes, surface), surface);
    writeFileSync(join(folder, file.replace(/\.json$/, suffix)), surface.pixels());
    surface.delete();
  }
}
