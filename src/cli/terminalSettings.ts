import {spawnSync} from 'node:child_process';

/** It takes milliseconds; where it is stopped (the terminal is not ours), it would take for ever. */
const PATIENCE = {timeout: 1000, killSignal: 'SIGKILL'} as const;

/**
 * Gives back how to set the terminal as it is set now. Node remembers the settings anew each time it takes the raw mode: what
 * a command that was killed leaves behind would be what we leave behind. By stty(1): Node has no call for it; where
 * there is none, nothing is done.
 */
export function keepTerminalSettings(): () => void {
  const {stdout} = spawnSync('stty', ['-g'], {stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8', ...PATIENCE});
  const settings = (stdout ?? '').trim();
  return () => {
    // POSIX leaves the form open; this is what Linux, macOS and the BSDs print.
    if (!/^[\w:=]+$/.test(settings)) return;
    spawnSync('stty', [settings], {stdio: ['inherit', 'ignore', 'ignore'], ...PATIENCE});
  };
}
