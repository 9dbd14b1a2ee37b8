// usage: node parity.mjs FOLDER
//
// Draws every FOLDER/name.json with Skia to FOLDER/name.rgba (straight alpha, row after row).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CanvasKitSurface } from "./canvaskit.mjs";
import { prepare, replay } from "./replay.mjs";

const [folder] = process.argv.slice(2);
// An abort of WebAssembly says nothing of the scene; this does.
let drawing = "nothing yet";
process.on("exit", code => { if (code !== 0) console.error(`Skia failed at ${drawing}.`); });
for (const file of readdirSync(folder).filter(name => name.endsWith(".json"))) {
  const scene = JSON.parse(readFileSync(join(folder, file), "utf8"));
  drawing = file.replace(/\.json$/, ".rgba");
  const surface = new CanvasKitSurface(scene);
  replay(prepare(scene.nodes, surface), surface);
  writeFileSync(join(folder, drawing), surface.pixels());
  surface.delete();
}
