// ImGui's tables and columns are not part of the page, which draws its own: what ImGui's other parts ask of them is nothing, or
// can't happen while no table was ever begun. Spares the download 6 KB.
#include "imgui.h"

struct ImGuiTable;
struct ImGuiTableTempData;

namespace ImGui {

void EndTable() { __builtin_trap(); }
void TableEndRow(ImGuiTable*) { __builtin_trap(); }
void TableEndCell(ImGuiTable*) { __builtin_trap(); }
void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}

void TablePushColumnChannel(int) { __builtin_trap(); }
void TablePopColumnChannel() { __builtin_trap(); }
void TablePushBackgroundChannel() { __builtin_trap(); }
void TablePopBackgroundChannel() { __builtin_trap(); }
void EndColumns() { __builtin_trap(); }
void PushColumnsBackground() { __builtin_trap(); }
void PopColumnsBackground() { __builtin_trap(); }

}  // namespace ImGui
