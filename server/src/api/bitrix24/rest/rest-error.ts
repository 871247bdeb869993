/** A refusal in the reference's words: HTTP 4xx with `{error, error_description}`; old methods leave the code empty. */
export class RestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.name = 'RestError';
    this.status = status;
    this.code = code;
  }
}

export const noAuth = () => new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
export const wrongCredentials = () => new RestError('INVALID_CREDENTIALS', 'Invalid request credentials', 403);
export const unknownMethod = () => new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404);
