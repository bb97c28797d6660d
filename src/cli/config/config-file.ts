/** Read from the working directory where no other is named. */
export const CONFIG_FILE = 'dvrscope.config.json';
