// The icons of the console; `make vendor` puts each into the sprite as <symbol id="name">.
export const icons = `
  ruler hourglass loader clock-alert users-round layers filter columns-3 chart-line arrow-down
  arrow-right arrow-up arrow-up-right book-open calendar calendar-range check chevron-down
  chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed
  circle-question-mark circle-x clock copy dices download ellipsis eye file-spreadsheet
  flask-conical git-compare history house inbox info link list-checks minus moon package pause
  pencil play plus printer radio refresh-cw route save search settings shield-check
  sliders-horizontal square stethoscope store sun table-2 timer trash-2 triangle-alert undo-2
  upload user users x
`.trim().split(/\s+/);
