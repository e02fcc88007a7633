import {sanitize} from '../terminal/text.ts';
import {CliError} from './exit.ts';

/**
 * Resolves when the text is out; whoever stops reading (`| head`) has had enough. Rejects with a CliError when it
 * cannot be written: half a list in a file must not look like a whole one.
 */
export function printOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => {
      const code = String((error as {code?: unknown}).code);
      if (code === 'EPIPE') resolve();
      else
        reject(new CliError('general', `standard output cannot be written (${sanitize(code, 20)}): it is not whole`));
    };
    process.stdout.once('error', failed);
    process.stdout.write(text, (error) => (error ? failed(error) : resolve()));
  });
}
