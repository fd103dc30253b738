#include "ui/pages/registry.h"

#include "ui/pages/add_products.h"
#include "ui/pages/board_page.h"
#include "ui/pages/calendar_page.h"
#include "ui/pages/capture_dialog.h"
#include "ui/pages/conversion_settings_page.h"
#include "ui/pages/duplicate_settings_page.h"
#include "ui/pages/forecast_page.h"
#include "ui/pages/history_drawer.h"
#include "ui/pages/home_page.h"
#include "ui/pages/import_page.h"
#include "ui/pages/list_page.h"
#include "ui/pages/merge_dialog.h"
#include "ui/pages/palette.h"
#include "ui/context.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_form.h"
#include "ui/pages/record_page.h"
#include "ui/pages/recycle_bin_page.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/segments.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/web_lead_page.h"
#include "ui/pages/stage_move.h"
#include "ui/pages/stage_settings_page.h"
#include "ui/pages/task_feed_page.h"

namespace outpost {

namespace {

template <typename P>
std::unique_ptr<Page> make() {
    return std::make_unique<P>();
}

std::unique_ptr<Dialog> make_palette() { return std::make_unique<PaletteDialog>(); }

constexpr PageEntry entries[] = {
    {"", make<HomePage>},
    {"o/:object/new", make_create_page},
    {"o/:object/board", make<BoardPage>},
    {"o/Task/feed", make<TaskFeedPage>},
    {"o/:object", make_list_page},
    {"r/:id/edit", make_edit_page},
    {"r/:id", make_record_page},
    {"import", make<ImportPage>},
    {"calendar", make<CalendarPage>},
    {"forecast", make<ForecastPage>},
    {"recycle-bin", make<RecycleBinPage>},
    {"routing", make<RoutingPage>},
    {"settings/stages", make<StageSettingsPage>},
    {"settings/duplicates", make<DuplicateSettingsPage>},
    {"settings/conversion", make<ConversionSettingsPage>},
    {"settings", make<SettingsPage>},
    {"web-to-lead", make<WebLeadPage>},
};

}  // namespace

std::span<const PageEntry> page_entries() { return entries; }

std::unique_ptr<Dialog> make_addressed_dialog(Context& context, std::string_view address) {
    const std::size_t colon = address.find(':');
    if (colon == std::string_view::npos) return nullptr;
    const std::string_view kind = address.substr(0, colon), rest = address.substr(colon + 1);
    if (kind == "new") return make_create_dialog(context, rest);
    if (kind == "capture" && rest.empty()) return std::make_unique<CaptureDialog>(RecordRef{});
    if (kind == "move") return make_move_dialog(context, rest);
    if (kind == "merge") return make_merge_dialog(context, rest);
    const std::optional<RecordId> id = parse_record_id(rest);
    const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
    if (!record) return nullptr;
    if (kind == "convert") return make_convert_dialog(context, *record);
    if (kind == "capture") return std::make_unique<CaptureDialog>(*record);
    if (kind == "segment") return make_segment_dialog(context, record->object, {record->row});
    if (kind == "history") return make_history_drawer(context, *record);
    if (kind == "close") return make_close_dialog(context, *record);
    if (kind == "products") return make_add_products_dialog(context, *record);
    return nullptr;
}

FrameDialogs frame_dialogs() { return {.palette = make_palette, .first_visit = nullptr}; }

}  // namespace outpost
