// The icons of later pages, drawn as those of the first screen are.
export const key =
  'M14.5 14a5 5 0 1 0-4.7-3.3L3 17.5V21h3.5v-2.5H9V16h2.2l1.1-1.1c.7.1 1.4.1 2.2-.9zM16 8h.01'
export const cross = 'M6 6l12 12M18 6 6 18'
export const left = 'M14.5 5 8 12l6.5 7'
export const right = 'M9.5 5 16 12l-6.5 7'
export const down = 'M6 9.5 12 15.5l6-6'
export const eye =
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z'
export const eyeShut =
  'M4 4l16 16M9.5 5.9A9.3 9.3 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.2 7.6A16.5 16.5 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 3.8-.8M10 10a3 3 0 0 0 4 4'
export const leave = 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4'
export const lock = 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 14.5v2'
export const plus = 'M12 5v14M5 12h14'
export const cloudOff =
  'M4 4l16 16M8.5 6.5A6 6 0 0 1 17.5 10 4.5 4.5 0 0 1 20 17.5M16 18H7a4.5 4.5 0 0 1-1-8.9'
export const camera = 'M4 8h4l1.5-3h5L16 8h4v11H4zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z'
export const place =
  'M12 21s7-6 7-11.5a7 7 0 0 0-14 0C5 15 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z'
export const arrow = 'M5 12h14M13 6l6 6-6 6'
export const info = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01'
export const sun =
  'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4'
export const magnifier = 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20'
