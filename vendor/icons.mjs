// The icons of the console; `make vendor` puts each into the sprite as <symbol id="name">.
export const icons = `
  ruler hourglass loader clock-alert users-round layers filter columns-3 chart-line
  arrow-down arrow-right arrow-up arrow-up-right bell book-open calendar calendar-range check
  chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed
  circle-question-mark circle-x clock copy dices download ellipsis eye file-spreadsheet flask-conical
  git-compare grip-vertical history house inbox info key-round languages link list-checks lock log-out
  megaphone menu message-square mic minus moon package pause pencil play plus printer radio refresh-cw
  route save scroll-text search send settings shield-check sliders-horizontal square stethoscope store
  sun table-2 timer trash-2 triangle-alert trophy undo-2 upload user users wifi-off x
`.trim().split(/\s+/);
