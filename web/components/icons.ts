// The icons of the first screen: paths on a grid of 24, one stroke, round ends. The others are in icons-more.ts.
export const roof = 'M3 11 12 4l9 7M6 10v9h12v-9'
export const calendar = 'M4 6h16v14H4zM4 10h16M9 3v4M15 3v4'
export const task = 'M6 3h9l4 4v14H6zM9 12l2 2 4-4'
export const handIn = 'M6 3h9l4 4v14H6zM12.5 17v-7M9.5 12.5l3-3 3 3'
export const people =
  'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.4 3.2-5.5 6.5-5.5s5.9 2.1 6.5 5.5M16 4.5a3.5 3.5 0 0 1 0 6.5M18 15c1.9.8 3.2 2.5 3.5 5'
export const card =
  'M3 5h18v14H3zM7 15c.3-1.6 1.5-2.5 3-2.5s2.7.9 3 2.5M10 12.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16 10h2M16 14h2'
export const folder = 'M3 6h6l2 2.5h10V19H3z'
export const check = 'M5 12.5 10 17.5 19.5 7'
export const clip =
  'M20 11.5 12 19.5a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.6 1.6 0 0 1-2.3-2.3L14.5 8'
