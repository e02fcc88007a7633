import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';

/** What a process has used so far and holds now. */
export type Usage = {readonly rssBytes: number; readonly cpuSeconds: number};

const run = promisify(execFile);

/** Where there is no /proc, `ps` says it, its CPU time cut to the second or to a hundredth of it. */
export async function usageOf(pid: number): Promise<Usage> {
  const told = await usageFromProc(pid);
  if (told) return told;
  const {stdout} = await run('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
  return readPs(stdout);
}

/** Clock ticks a second in /proc: 100 on every Linux (USER_HZ, proc(5)). */
const TICKS = 100;

async function usageFromProc(pid: number): Promise<Usage | undefined> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [status, stat] = [await read('status'), await read('stat')];
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) return undefined;
  // Fields 14 and 15 of proc(5), counted from behind the name, which may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {rssBytes: Number(kibibytes) * 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS};
}

/** Kibibytes, and `[[days-]hours:]minutes:seconds`. */
export function readPs(line: string): Usage {
  const [kibibytes = '', time = ''] = line.trim().split(/\s+/);
  const [days = '0', clock = ''] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return {rssBytes: Number(kibibytes) * 1024, cpuSeconds: seconds + Number(days) * 86_400};
}
