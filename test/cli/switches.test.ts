import {expect, test} from 'vitest';
import {parseCommandLine} from '../../src/cli/parse.ts';

/** As a shell splits it. */
const parse = (line: string) => parseCommandLine(line.split(' '));

test.each([
  '--readonly=yes',
  '--readonly=1',
  '--readonly=true',
  '--readonly=false',
  '--readonly=',
  '--readonly false',
  '--readonly true',
  '---readonly=yes',
  '--readonly.x=1',
])('hopx-top %s', async (line) => {
  await expect(parse(line)).rejects.toMatchObject({
    message: '--readonly takes no value: write --readonly, or leave it out',
    exit: 'usage',
  });
});

test.each([
  ['--demo=yes --base-url https://x.dev', '--demo takes no value: write --demo, or leave it out'],
  ['--once=1', '--once takes no value: write --once, or leave it out'],
  ['--no-color=1', '--no-color takes no value: write --no-color, or leave it out'],
  ['--noColor=1', '--no-color takes no value: write --no-color, or leave it out'],
  ['--color=never', '--no-color takes no value: write --no-color, or leave it out'],
  ['-h=1', '--help takes no value: write --help, or leave it out'],
  ['simulate --untilEof=0', '--until-eof takes no value: write --until-eof, or leave it out'],
  ['--no-readonly', 'there is no --no-readonly: leave --readonly out'],
  ['--readonly --no-readonly', 'there is no --no-readonly: leave --readonly out'],
  ['--noDemo', 'there is no --no-demo: leave --demo out'],
  ['--no-no-color', 'there is no --no-no-color: leave --no-color out'],
  ['--no-metrics', '--metrics needs a value: --metrics N'],
])('no switch is silently off: hopx-top %s', async (line, sentence) => {
  await expect(parse(line)).rejects.toMatchObject({message: sentence, exit: 'usage'});
});

test('after -- such words are looked for', async () => {
  expect(await parse('--once -- -readonly true')).toMatchObject({readonly: false, filter: {text: '-readonly true'}});
});
