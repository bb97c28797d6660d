import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BodySource, BodyChecker } from '../../schemas/body.ts';
import { checkValue } from '../../schemas/check.ts';
import type { Message } from '../../schemas/message.ts';
import { OBJECTS, ObjectSchemas } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { exampleOf, placesOf, withValueAt } from '../support/schema-example.ts';
import { hasPath, isTold } from '../support/schema-paths.ts';

const SPEC = new URL('../../../shared/spec/', import.meta.url);
const FIELDS = new URL('config-fields.tsv', SPEC);
const INDEX = new URL('config-objects.md', SPEC);
const MESSAGE_TABLE = new URL('messages.tsv', SPEC);
const absent = !existsSync(FIELDS) || !existsSync(INDEX) || !existsSync(MESSAGE_TABLE);

/** Bodies whose members stand at the top level, without an object of their own: the messages (field dialect) that carry them. */
const BODIES: Readonly<Record<string, readonly number[]>> = {
  '(envelope)': [1021],
  LOGIN_REQ: [1000],
  LOGIN_RSP: [1001],
  'LOGIN_REQ (active registration)': [1000],
  'LOGIN_RSP (active registration)': [1001],
  LOGOUT: [1002],
  KeepAlive: [1006],
  MODIFYUSER_REQ: [1484],
  DELETEUSER_REQ: [1486],
  MODIFYPASSWORD_REQ: [1488],
  MODIFYGROUP_REQ: [1478],
  DELETEGROUP_REQ: [1480],
  UPGRADE_PROGRESS: [1524],
  NetAlarmCenterMsg: [1508],
};

/** Index entries that are another side of an object: what follows the name in the index, and which side it is. */
const REPLIES: Readonly<Record<string, string>> = {
  'OPFileQuery (response)': 'OPFileQuery',
  'OPLogQuery (response)': 'OPLogQuery',
};
const REQUESTS: Readonly<Record<string, string>> = { 'OPFileQuery (by time)': 'OPFileQuery' };
