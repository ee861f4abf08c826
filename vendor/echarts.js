// The subset of ECharts that the console's charts need; heat maps, the calendar, bands and marks
// are custom series, so that no further chart type has to travel.
import { init, use } from "echarts/core";
import { CustomChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { GridComponent, RadarComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([
  LineChart, ScatterChart, CustomChart, RadarChart,
  GridComponent, RadarComponent, TooltipComponent, CanvasRenderer,
]);

export { init };
