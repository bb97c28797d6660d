/** Exit codes, cli.md. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  input: 3,
  gate: 4,
  interrupted: 130,
  terminated: 143,
} as const;

/** Ends a command with one line on standard error and an exit code. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
  }
}

export function usageError(message: string): Failure {
  return new Failure(EXIT.usage, message);
}
