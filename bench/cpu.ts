/** CPU milliseconds of this process, all its threads: other people's work on the machine does not count. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return spentMs(before);
}

export function spentMs(before: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}
