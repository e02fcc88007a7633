import packageJson from '../../package.json' with {type: 'json'};

/** Of package.json, where `npm version` writes it. */
export const version: string = packageJson.version;
