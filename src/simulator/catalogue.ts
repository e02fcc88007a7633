import {createHash} from 'node:crypto';
import type {TemplateBody} from '../contract/template.ts';
import type {Recipe as BuildRecipe} from './buildPlan.ts';
import type {StepKind} from './buildSteps.ts';
import {type HostileText, hostileTexts} from './hostile.ts';
import type {NonEmpty, Random} from './random.ts';

/** What sandboxes are made of: `count` cards of each go into a deck. */
export type Catalogue = {
  readonly templates: NonEmpty<readonly [template: TemplateBody, count: number]>;
  readonly regions: NonEmpty<readonly [region: string, count: number]>;
  /** How the plain ones of them were built, long ago. */
  readonly builds: readonly (readonly [recipe: BuildRecipe, template: TemplateBody])[];
};

/** docs.hopx.ai names us-east and eu-west; regions are free text, the other two are ours. */
const regions: Catalogue['regions'] = [
  ['us-east', 8],
  ['eu-west', 6],
  ['us-west', 4],
  ['ap-south', 2],
];

type Recipe = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly language: string;
  readonly vcpu: number;
  readonly memoryMb: number;
  readonly diskGb: number;
  readonly isPublic: boolean;
  readonly count: number;
  /** What it was built from. */
  readonly image: string;
  readonly steps: readonly (readonly [kind: StepKind, text: string])[];
};

/** TABLE of templates. Id 73 is the documents' own example; the two private ones are ours. */
const recipes: NonEmpty<Recipe> = [
  {
    id: '73',
    name: 'code-interpreter',
    title: 'Code Interpreter',
    description: 'Python, Jupyter and the usual data packages',
    category: 'development',
    language: 'python',
    vcpu: 2,
    memoryMb: 4096,
    diskGb: 20,
    isPublic: true,
    count: 8,
    image: 'python:3.12-slim',
    steps: [
      ['RUN', 'apt-get install -y git curl'],
      ['RUN', 'pip install jupyter pandas numpy matplotlib'],
      ['WORKDIR', '/workspace'],
    ],
  },
  {
    id: '12',
    name: 'base',
    title: 'Base',
    description: 'Debian and nothing else',
    category: 'operating-system',
    language: 'shell',
    vcpu: 1,
    memoryMb: 1024,
    diskGb: 10,
    isPublic: true,
    count: 3,
    image: 'debian:12-slim',
    steps: [['RUN', 'apt-get install -y ca-certificates']],
  },
  {
    id: '21',
    name: 'python',
    title: 'Python',
    description: 'Python 3 with uv',
    category: 'development',
    language: 'python',
    vcpu: 1,
    memoryMb: 2048,
    diskGb: 10,
    isPublic: true,
    count: 5,
    image: 'python:3.13-slim',
    steps: [
      ['RUN', 'pip install uv'],
      ['WORKDIR', '/workspace'],
    ],
  },
  {
    id: '22',
    name: 'nodejs',
    title: 'Node.js',
    description: 'Node.js LTS with npm',
    category: 'development',
    language: 'javascript',
    vcpu: 1,
    memoryMb: 2048,
    diskGb: 10,
    isPublic: true,
    count: 4,
    image: 'node:24-slim',
    steps: [
      ['RUN', 'npm install -g npm@latest'],
      ['WORKDIR', '/workspace'],
    ],
  },
  {
    id: '118',
    name: 'browser-agent',
    title: 'Browser agent',
    description: 'A headless browser for agents',
    category: 'custom',
    language: 'javascript',
    vcpu: 4,
    memoryMb: 8192,
    diskGb: 40,
    isPublic: false,
    count: 3,
    image: 'node:24-bookworm',
    steps: [
      ['RUN', 'npx playwright install --with-deps chromium'],
      ['COPY', 'agent /agent'],
      ['WORKDIR', '/agent'],
      ['RUN', 'npm ci'],
    ],
  },
  {
    id: '124',
    name: 'etl-worker',
    title: 'ETL worker',
    description: 'Nightly imports',
    category: 'custom',
    language: 'go',
    vcpu: 8,
    memoryMb: 16384,
    diskGb: 100,
    isPublic: false,
    count: 2,
    image: 'golang:1.25',
    steps: [
      ['COPY', '. /etl'],
      ['WORKDIR', '/etl'],
      ['RUN', 'go build -o /usr/local/bin/etl ./cmd/etl'],
    ],
  },
];

const PUBLIC_SINCE = '2025-01-28T00:00:00Z';
const PRIVATE_SINCE = '2025-09-02T08:30:00Z';

/** Organisation of every answer: a number on sandboxes, text on templates (OpenAPI). */
export const ORGANIZATION_ID = 123;

export function createCatalogue(random: Random, hostile: boolean): Catalogue {
  const [first, ...rest] = recipes;
  const entry = (recipe: Recipe) => [templateOf(recipe), recipe.count] as const;
  const builds = recipes.map((recipe) => [buildOf(recipe), templateOf(recipe)] as const);
  const plain: Catalogue = {templates: [entry(first), ...rest.map(entry)], regions, builds};
  return hostile ? withHostile(plain, random) : plain;
}

/** The plain ones stay, so that a create by the documents' names still works. */
function withHostile(plain: Catalogue, random: Random): Catalogue {
  const template = (text: HostileText, at: number): TemplateBody => ({
    ...random.pick(plain.templates)[0],
    id: String(900 + at),
    name: text,
    display_name: text,
    description: text,
    category: text,
    language: text,
  });
  return {
    ...plain,
    templates: [...plain.templates, ...hostileTexts.map((text, at) => [template(text, at), 2] as const)],
    regions: [...plain.regions, ...hostileTexts.map((text) => [text, 2] as const)],
  };
}

function buildOf({name, image, steps}: Recipe): BuildRecipe {
  const filesHash = (kind: StepKind) => (kind === 'COPY' ? createHash('sha256').update(name).digest('hex') : undefined);
  return {name, fromImage: image, steps: steps.map(([kind, text]) => ({kind, text, filesHash: filesHash(kind)}))};
}

/** How a template is told that is there and in use. */
export function templateOf(recipe: Omit<Recipe, 'image' | 'steps'>): TemplateBody {
  const {id, name, title, description, category, language, vcpu, memoryMb, diskGb, isPublic, count} = recipe;
  return {
    id,
    object: 'template',
    name,
    display_name: title,
    description,
    category,
    language,
    icon: language,
    default_resources: {vcpu, memory_mb: memoryMb, disk_gb: diskGb},
    min_resources: {vcpu: 1, memory_mb: 512, disk_gb: 1},
    max_resources: {vcpu: 64, memory_mb: 64_000, disk_gb: 250},
    features: ['internet', 'persistent-disk'],
    tags: [category, language],
    popularity_score: count * 100,
    docs_url: `https://docs.hopx.invalid/templates/${name}`,
    is_public: isPublic,
    is_active: true,
    status: 'active',
    build_id: id,
    organization_id: isPublic ? '0' : String(ORGANIZATION_ID),
    created_at: isPublic ? PUBLIC_SINCE : PRIVATE_SINCE,
    updated_at: isPublic ? PUBLIC_SINCE : PRIVATE_SINCE,
  };
}
