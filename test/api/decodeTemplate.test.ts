import {expect, test} from 'vitest';
import {decodeTemplate, decodeTemplateList, decodeTemplateNews} from '../../src/api/decodeTemplate.ts';

test('the documented template', () => {
  const told = decodeTemplate({
    id: '73',
    object: 'template',
    name: 'code-interpreter',
    display_name: 'Code\u001bInterpreter',
    category: 'development',
    is_public: true,
    build_id: 489,
    default_resources: {vcpu: 2, memory_mb: 2048, disk_gb: 10},
    created_at: '2025-01-28T00:00:00Z',
    fluent_api_config: [1, 2, 3],
  });
  expect(told).toEqual({
    id: '73',
    name: 'code-interpreter',
    displayName: 'Code␛Interpreter',
    description: undefined,
    category: 'development',
    language: undefined,
    status: undefined,
    isPublic: true,
    isActive: undefined,
    buildId: '489',
    createdAt: Date.UTC(2025, 0, 28),
    updatedAt: undefined,
    vcpu: 2,
    memoryBytes: 2 ** 31,
    diskBytes: 10 * 2 ** 30,
  });
});

test('an id or a name is enough, neither is not', () => {
  expect(decodeTemplate({name: 'base'})).toMatchObject({id: 'base', name: 'base'});
  expect(decodeTemplate({template_id: 5})).toMatchObject({id: '5', name: '5'});
  expect(decodeTemplate({status: 'active'})).toBeUndefined();
  expect(decodeTemplate('x')).toBeUndefined();
});

test('lists in every wrapper', () => {
  const rows = [{name: 'a'}, null, {name: 'b'}];
  for (const body of [rows, {data: rows}, {templates: rows}, {data: {items: rows}}]) {
    expect(decodeTemplateList(body)?.map(({name}) => name)).toEqual(['a', 'b']);
  }
  expect(decodeTemplateList({})).toBeUndefined();
});

test.each([
  ['[{"name":"a"}]', ['a']],
  ['{"name":"a"}', ['a']],
  ['{"type":"template.updated","template":{"name":"a"}}', ['a']],
  ['{"data":[{"name":"a"},{"name":"b"}]}', ['a', 'b']],
  ['ping', undefined],
  ['{"type":"ping"}', undefined],
])('stream message %s', (data, names) => {
  expect(decodeTemplateNews(data)?.map(({name}) => name)).toEqual(names);
});
