import {type Clock, systemClock} from '../clock/clock.ts';
import {createControlPlane} from './controlPlane.ts';
import type {SimulatorOptions} from './options.ts';
import {noRequestLog, openRequestLog} from './requestLog.ts';
import {serve} from './server.ts';

export type Simulator = {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** Ends all streams, then the server; resolves when the port is free. */
  readonly close: () => Promise<void>;
};

/**
 * A simulated HopX control plane on loopback: no account, no network, no real machine. Rejects when the port is
 * taken or the log cannot be opened.
 */
export async function runSimulator(options: SimulatorOptions, clock: Clock = systemClock): Promise<Simulator> {
  const log = options.log === undefined ? noRequestLog : openRequestLog(options.log);
  const plane = createControlPlane({options, clock, log});
  const end = () => {
    plane.close();
    log.close();
  };
  try {
    const server = await serve(plane.answer, clock, options.port);
    return {
      url: server.url,
      async close() {
        end();
        await server.close();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
