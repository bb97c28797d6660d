/**
 * So far apart, in seconds, the order in which packets of two sockets were captured proves nothing: each queue of an interface
 * hands over its own.
 */
export const QUEUE_JITTER_SECONDS = 0.01;
