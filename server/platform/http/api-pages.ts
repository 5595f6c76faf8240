import { join } from 'node:path';
import express from 'express';

import absolutePath = require('swagger-ui-dist/absolute-path'); // the package's main module is the whole interface

import { apiDocument } from '../openapi/api-document';
import type { ApiOperation } from '../openapi/operation';
import { projectRoot } from '../views/project-root';
import { open } from './guard';
import { problemSchema } from './problem';
import { type Routes, routes } from './routes';

const uiFiles = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/**
 * The OpenAPI document and a page that shows it, all from our own origin. Writing the document takes half a second in which nothing else
 * runs: where people wait for answers it is written `ahead` of the first, else when somebody asks for it.
 */
export function apiPages(operations: readonly ApiOperation[], when: { ahead: boolean }): Routes {
  let written: ReturnType<typeof apiDocument> | undefined;
  const document = () => (written ??= apiDocument(operations, problemSchema));
  if (when.ahead) document();
  const api = routes();
  api.get('/api/v1/openapi.json', open('the description of the API is public'), (_req, res) => {
    res.json(document());
  });
  api.get('/api/docs', open('the description of the API is public'), (_req, res) => {
    res.sendFile(join(projectRoot, 'public', 'api-docs', 'index.html'));
  });
  api.get('/api/docs/start.js', open('the description of the API is public'), (_req, res) => {
    res.sendFile(join(projectRoot, 'public', 'api-docs', 'start.js'));
  });
  for (const file of uiFiles) api.pages.use(`/api/docs/${file}`, express.static(join(absolutePath(), file)));
  return api;
}
