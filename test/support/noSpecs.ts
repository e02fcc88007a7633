import {type SpecPort, SpecRefused} from '../../src/runtime/specPort.ts';

/** Where nobody reads a spec file. */
export const noSpecs: SpecPort = {
  async read() {
    throw new SpecRefused('no spec files here');
  },
};
