import type {BuildStatus, SpecSummary, Template} from '../../src/model/template.ts';
import {DAY, HOUR, MINUTE, WALL0} from './builders.ts';

/** One's own template, told in full. */
export const template = (over: Partial<Template> = {}): Template => ({
  id: '73',
  name: 'agent-py311',
  displayName: 'Agent Python',
  description: 'Python 3.11 with the agent',
  category: 'development',
  language: 'python',
  status: 'active',
  isPublic: false,
  isActive: true,
  buildId: 'b_5512',
  createdAt: WALL0 - 12 * DAY,
  updatedAt: WALL0 - 2 * HOUR,
  vcpu: 2,
  memoryBytes: 4 * 1024 ** 3,
  diskBytes: 10 * 1024 ** 3,
  ...over,
});

/** A template of which nothing is told but its name. */
export const bare = (id: string): Template => ({
  ...template({id, name: id}),
  displayName: undefined,
  description: undefined,
  category: undefined,
  language: undefined,
  status: undefined,
  isPublic: undefined,
  isActive: undefined,
  buildId: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  vcpu: undefined,
  memoryBytes: undefined,
  diskBytes: undefined,
});

/** A build that is two thirds done. */
export const buildStatus = (over: Partial<BuildStatus> = {}): BuildStatus => ({
  buildId: 'b_5518',
  templateId: '74',
  status: 'building',
  progress: 66,
  isFinal: over.status === 'active' || over.status === 'failed',
  step: 'RUN npm ci',
  startedAt: WALL0 - 3 * MINUTE,
  completedAt: undefined,
  estimatedAt: WALL0 + 80_000,
  durationMs: undefined,
  error: undefined,
  ...over,
});

/** A spec with three files. */
export const specOf = (over: Partial<SpecSummary> = {}): SpecSummary => ({
  specId: 1,
  path: 'agent.yaml',
  name: 'agent-node20',
  fromImage: 'node:20-bookworm',
  cpu: 2,
  memoryMb: 4096,
  diskGb: 10,
  steps: 9,
  isUpdate: true,
  copies: [{source: 'app', target: '/app', files: 3, bytes: 6300}],
  files: 3,
  bytes: 6300,
  packedBytes: 2100,
  listing: [
    {path: 'app/index.js', bytes: 4000},
    {path: 'app/package.json', bytes: 300},
    {path: 'app/read.me', bytes: 2000},
  ],
  ...over,
});
