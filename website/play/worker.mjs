// Runs a page's code in the reader's browser: loads Python once, then passes messages on to session.py and its answers
// back. What is sent and what comes is written in README.md, under "Run in the page".
import { loadPyodide } from "./pyodide.mjs";

const base = new URL(".", import.meta.url).href;
const STARTS_WITH = ["numpy", "dezero-lite"];
// pages run so under pytest, too: the order of a set is the same in every run
const ENVIRONMENT = { PYTHONHASHSEED: "0", MPLBACKEND: "agg", HOME: "/home/pyodide", TZ: "UTC" };
let current = null; // the id of the message that is being answered
let files = { sizes: {}, first: [], modules: {}, needs: {} };
let total = 0;
let loaded = 0;
let session = null;
let python = null;

const tell = (type, more) => postMessage({ type, id: current, ...more });

// The files of this folder never change: what has come once is kept by the browser, however long hosts allow it to be.
const KEPT = `runtime ${base}`;
const kept = (async () => {
  if (!globalThis.caches) return null; // not on a host without https
  const others = (await caches.keys()).filter((name) => name.startsWith("runtime ") && name !== KEPT);
  await Promise.all(others.map((name) => caches.delete(name)));
  return caches.open(KEPT);
})().catch(() => null);
const ask = globalThis.fetch;

async function get(address, options) {
  const cache = await kept;
  const found = await cache?.match(address);
  if (found) return found;
  const response = await ask(address, options);
  // a full disk is no fault
  if (response.ok && cache) cache.put(address, response.clone()).catch(() => {});
  return response;
}

// Python's files come through fetch(); what has come of them is told, in bytes as they are unpacked.
async function counting(address, options) {
  const response = await get(String(address.url ?? address), options);
  const name = new URL(address.url ?? address, base).pathname.split("/").pop();
  if (!response.ok || !response.body || !(name in files.sizes)) return response;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(piece, out) {
      loaded += piece.byteLength;
      tell("progress", { loaded: Math.min(loaded, total), total });
      out.enqueue(piece);
    },
  }));
  const { status, statusText } = response;
  return new Response(counted, { status, statusText, headers: response.headers });
}
globalThis.fetch = (address, options) => {
  const response = counting(address, options);
  response.catch(() => {}); // Pyodide asks for one file early, and looks at what came of it late
  return response;
};

// Where its WebAssembly cannot be had, Pyodide waits for ever, and only warns.
const broken = new Promise((_, reject) => {
  const warn = console.warn;
  let why = false;
  console.warn = (...said) => {
    if (why) reject(new Error(`pyodide.asm.wasm: ${said[0]?.message ?? said[0]}`));
    why = said[0] === "wasm instantiation failed!";
    if (!why) warn.apply(console, said);
  };
});

const weight = (names) => names.reduce((sum, name) => sum + files.sizes[name], 0);

async function load(packages) {
  const wrong = [];
  await python.loadPackage(packages, { messageCallback() {}, errorCallback: (said) => wrong.push(said) });
  // it resolves although a file has failed
  const missing = packages.filter((name) => !(name in python.loadedPackages));
  if (missing.length) throw new Error(`${missing.join(", ")}: ${wrong.join("; ") || "not loaded"}`);
}

async function start({ words }) {
  const began = performance.now();
  const response = await get(`${base}files.json`);
  if (!response.ok) throw new Error(`files.json: ${response.status}`);
  files = await response.json();
  total = weight(files.first);
  python = await Promise.race([loadPyodide({ indexURL: base, packageBaseUrl: base, env: ENVIRONMENT }), broken]);
  await load(STARTS_WITH);
  const zip = await fetch(`${base}session.zip`);
  if (!zip.ok) throw new Error(`session.zip: ${zip.status}`);
  python.unpackArchive(await zip.arrayBuffer(), "zip", { extractDir: "/session" });
  python.runPython('import sys; sys.path.append("/session")');
  python.pyimport("website.play.numpy_here").mend();
  const { Session } = python.pyimport("website.play.session");
  const { versions } = python.pyimport("website.play.state");
  session = Session((text) => postMessage(JSON.parse(text)), python.toPy(words ?? {}));
  tell("ready", { versions: JSON.parse(versions()), ms: Math.round(performance.now() - began) });
}

// What code imports of the packages that lie here is loaded before it runs.
async function loadImports(text) {
  const modules = JSON.parse(session.imports(text));
  const wanted = modules.map((module) => files.modules[module]).filter((name) => name && !python.loadedPackages[name]);
  if (!wanted.length) return;
  const missing = new Set(wanted.flatMap((name) => files.needs[name]));
  for (const name of Object.keys(python.loadedPackages)) for (const file of files.needs[name] ?? []) missing.delete(file);
  total += weight([...missing]);
  await load(wanted);
}

async function answer(message) {
  current = message.id;
  try {
    if (message.type === "start") return await start(message);
    const text = JSON.stringify(message);
    total = loaded;
    await loadImports(text);
    session.handle(text);
  } catch (error) {
    if (!session) await globalThis.caches?.delete(KEPT); // what was kept may be what is broken
    tell("failed", { error: String(error?.message ?? error) });
  }
}

let queue = Promise.resolve();
onmessage = ({ data }) => {
  queue = queue.then(() => answer(data));
};
