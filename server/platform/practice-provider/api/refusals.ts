/** What the API answers to a request it does not fulfil. The client picks its error class by the status, so the status matters. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: { type: string; message: string; code?: string; param?: string },
  ) {
    super(body.message);
    this.name = 'ApiRefusal';
  }
}

/** A parameter is wrong, missing or unknown. */
export function badParameter(param: string, message: string, code?: string): ApiRefusal {
  return new ApiRefusal(400, { type: 'invalid_request_error', message, param, ...(code === undefined ? {} : { code }) });
}

/** No such object. */
export function missing(noun: string, id: string, param = 'id'): ApiRefusal {
  return new ApiRefusal(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    message: `No such ${noun}: '${id}'`,
    code: 'resource_missing',
    param,
  });
}
