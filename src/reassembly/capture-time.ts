/** When the bytes at hand were captured: seconds since 1970 UTC and nanoseconds of the second. One object serves a run. */
export class CaptureTime {
  seconds = 0;
  nanoseconds = 0;

  set(seconds: number, nanoseconds: number): void {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }

  raiseTo(seconds: number, nanoseconds: number): void {
    if (seconds > this.seconds || (seconds === this.seconds && nanoseconds > this.nanoseconds)) {
      this.set(seconds, nanoseconds);
    }
  }
}
