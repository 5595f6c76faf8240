import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Before the first schema of the process: a schema made earlier would lack `openapi()`. Hence everything imports zod from here.
extendZodWithOpenApi(z);

export { z };
