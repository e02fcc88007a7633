import {processHost} from './host.ts';
import {run} from './run.ts';

await run(process.argv.slice(2), processHost);
