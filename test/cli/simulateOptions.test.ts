import {expect, test} from 'vitest';
import {closest} from '../../src/cli/closest.ts';
import {CliError} from '../../src/cli/exit.ts';
import {parseCommandLine} from '../../src/cli/parse.ts';
import {dialectNames} from '../../src/simulator/dialects.ts';
import {faultNames} from '../../src/simulator/faults.ts';

const parse = (line: string) => parseCommandLine(line.split(' '));

const simulated = async (line: string) => {
  const command = await parse(line);
  if (command.command !== 'simulate') throw new Error(`not simulate: ${command.command}`);
  return command;
};

test.each([
  ['simulate --dialect snapshto', '--dialect: "snapshto" is no dialect: did you mean snapshot?'],
  ['simulate --dialect bare,czech', '--dialect: "czech" is no dialect: "hopx-top simulate --help" lists them'],
  ['simulate --fault ruset', '--fault: "ruset" is no fault: did you mean reset?'],
  ['simulate --fault cut=soon', '--fault: "cut=soon" takes a number: write cut=5'],
  ['simulate --fault drop=3', '--fault: "drop=3" takes no value: write drop'],
  ['simulate --fault redirect=home', '--fault: "redirect=home" takes one of same, other, loop, nowhere'],
  ['simulate --fault drop:p=2', '--fault: "drop:p=2" has a p= that is no number in reach'],
  [
    'simulate --fault drop:when=2',
    '--fault: "drop:when=2" has "when=2": write after=, for=, times=, p=, or route= ' +
      'stream|metrics|streams|list|sandbox|templates|builds|logs|uploads|reads|timeouts|acts|all',
  ],
  ['simulate --fault', '--fault needs a value: --fault NAME'],
])('%s', async (line, sentence) => {
  const error = await parse(line).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({message: sentence, exit: 'usage'});
});

test('dialects and faults are given one by one, or with commas', async () => {
  const {simulator} = await simulated(
    'simulate --dialect bare,crlf --dialect page-100 --fault cut=3:after=5:for=60 --fault too-many:times=2:route=all',
  );
  expect(simulator.dialects).toEqual(['bare', 'crlf', 'page-100']);
  expect(simulator.faults).toEqual([
    {name: 'cut', value: '3', when: {after: 5, for: 60}},
    {name: 'too-many', when: {times: 2, route: 'all'}},
  ]);
});

test('a name with a letter wrong, left out, too many or swapped is found; another word is not', () => {
  const names = [...dialectNames, ...faultNames];
  for (const name of names.filter(({length}) => length >= 6)) {
    const swapped = `${name.slice(0, 2)}${name[3]}${name[2]}${name.slice(4)}`;
    for (const typed of [`${name}x`, `x${name}`, swapped])
      expect([typed, closest(typed, names)]).toEqual([typed, name]);
  }
  expect(closest('weather', names)).toBeUndefined();
  expect(closest('', names)).toBeUndefined();
});
