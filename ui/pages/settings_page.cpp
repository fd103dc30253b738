#include "ui/pages/settings_page.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "ui/pages/backup_actions.h"
#include "ui/pages/sample_data_action.h"
#include "ui/preferences.h"

namespace outpost {
namespace {

// Offered first; any other ISO 4217 code can be set by a script.
constexpr std::array currencies = {"USD", "EUR", "GBP", "JPY", "CNY", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN",
                                   "CZK", "HUF", "INR", "KRW", "SGD", "HKD", "TWD", "THB", "IDR", "MYR", "PHP", "VND", "BRL",
                                   "MXN", "ARS", "CLP", "COP", "ZAR", "TRY", "ILS", "AED", "SAR", "KWD", "EGP", "NGN", "KES"};

// One setting: what it is at the left, its control at the right, where seven days stand in a row; in a narrow place one below
// the other.
template <typename Draw>
void draw_setting(Context& context, std::string_view label, std::string_view help, const Draw& draw) {
    kit::Columns columns(context, {1.0f, 1.2f}, {.gap = space::x6, .stack_below = 480, .row_gap = space::x2});
    {
        kit::Column words(context, {.gap = 2, .padding = {0, context.is_phone() ? 0.0f : 6.0f, 0, 0}});
        kit::text(context, label, {.style = TextStyle::BodyStrong, .silent = true});
        if (!help.empty()) kit::help_text(context, help);
    }
    columns.next();
    draw();
}

std::string_view bytes_of(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace

std::string SettingsPage::title(Context& context, const Route&) { return std::string(context.tr("ui.settings.title")); }

void SettingsPage::draw(Context& context, const Route&) {
    kit::PageBody body(context, {.width_max = 720, .gap = space::x6});
    if (!context.is_phone()) { kit::PageHeader header(context, context.tr("ui.settings.title"), {.icon = Icon::Settings, .divider = false}); }
    draw_appearance(context);
    draw_reminders(context);
    draw_organization(context);
    draw_process(context);
    draw_data(context);
    draw_storage(context);
}

void SettingsPage::draw_appearance(Context& context) {
    Browser& browser = context.browser();
    kit::Card card(context, {.title = context.tr("ui.settings.appearance"), .gap = space::x4});
    const std::string_view theme_label = context.tr("ui.settings.theme"), density_label = context.tr("ui.settings.density");
    draw_setting(context, theme_label, {}, [&] {
        int theme = static_cast<int>(theme_preference(browser));
        if (kit::segmented(context, "theme", theme_label,
                           {{context.tr("ui.settings.theme_system")}, {context.tr("ui.settings.theme_light"), Icon::Sun}, {context.tr("ui.settings.theme_dark"), Icon::Moon}},
                           theme))
            set_theme_preference(browser, static_cast<ThemeChoice>(theme));
    });
    kit::divider(context);
    draw_setting(context, density_label, context.tr("ui.settings.density_help"), [&] {
        int density = static_cast<int>(density_preference(browser));
        if (kit::segmented(context, "density", density_label, {{context.tr("ui.settings.comfortable")}, {context.tr("ui.settings.compact")}}, density))
            set_density_preference(browser, static_cast<Density>(density));
    });
    kit::divider(context);
    const std::string_view language_label = context.tr("ui.settings.language");
    draw_setting(context, language_label, context.tr("ui.settings.language_help"), [&] {
        const kit::Choice languages[] = {{.value = "browser", .label = std::string(context.tr("ui.settings.language_browser"))},
                                         {.value = "en", .label = "English"},
                                         {.value = "zh-CN", .label = "简体中文"}};
        std::string language = language_setting(browser);
        if (language.empty()) language = "browser";
        if (kit::picklist(context, "language", language_label, languages, language, {.field = {.hide_label = true}, .allow_none = false}).changed)
            set_language_setting(browser, language == "browser" ? "" : language);
    });
}

// The browser asks only when the switch is pressed; what it refused, its own settings give back.
void SettingsPage::draw_reminders(Context& context) {
    Browser& browser = context.browser();
    const NotifyPermission permission = browser.notify_permission();
    const bool possible = permission == NotifyPermission::Ask || permission == NotifyPermission::Granted;
    kit::Card card(context, {.title = context.tr("ui.reminder.title"), .gap = space::x4});
    const std::string_view label = context.tr("ui.settings.notify");
    const std::string_view help = context.tr(possible ? "ui.settings.notify_help" : permission == NotifyPermission::Denied ? "ui.settings.notify_denied" : "ui.settings.notify_unsupported");
    const bool phone = context.is_phone();   // the switch and what it does in one row
    const auto draw_switch = [&] {
        bool on = permission == NotifyPermission::Granted && notify_setting(browser) == "on";
        if (!kit::switch_toggle(context, "notify", label, on, {.description = phone ? help : std::string_view(), .disabled = !possible, .hide_label = !phone})) return;
        set_notify_setting(browser, on ? "on" : "off");
        if (on && permission == NotifyPermission::Ask) browser.request_notify_permission();
    };
    if (phone) draw_switch();
    else draw_setting(context, label, help, draw_switch);
}

void SettingsPage::draw_organization(Context& context) {
    const RecordRef record = first_live(context.records(), standard_object::organization);
    if (!record) return;
    kit::Card card(context, {.title = context.tr("ui.settings.organization"), .gap = space::x4});
    const SubmitOptions saved{.toast = std::string(context.tr("ui.settings.saved"))};
    const std::string_view currency_label = context.tr("ui.settings.currency"), month_label = context.tr("ui.settings.fiscal");
    draw_setting(context, currency_label, context.tr("ui.settings.currency_help"), [&] {
        std::vector<kit::Choice> choices;
        std::string currency = context.workspace().currency();
        for (const char* code : currencies) choices.push_back({.value = code, .label = code});
        if (std::ranges::find(currencies, currency) == currencies.end()) choices.push_back({.value = currency, .label = currency});
        if (kit::picklist(context, "currency", currency_label, choices, currency, {.field = {.hide_label = true}, .allow_none = false}).changed)
            context.submit(UpdateRecord{record, {{organization_field::default_currency, currency}}}, {}, saved);
    });
    kit::divider(context);
    draw_setting(context, month_label, {}, [&] {
        std::vector<kit::Choice> months;
        for (int month = 1; month <= 12; ++month) {
            // The month's name, without the year that a month's usual form has.
            const std::string key = "ui.settings.month." + std::to_string(month);
            months.push_back({.value = std::to_string(month), .label = std::string(context.tr(key))});
        }
        std::string month = std::to_string(context.workspace().fiscal_start_month());
        if (!kit::picklist(context, "fiscal", month_label, months, month, {.field = {.hide_label = true}, .allow_none = false}).changed) return;
        int number = 1;
        std::from_chars(month.data(), month.data() + month.size(), number);
        context.submit(UpdateRecord{record, {{organization_field::fiscal_start_month, Decimal{number, 0}}}}, {}, saved);
    });
    kit::divider(context);
    draw_working_time(context, record);
}

// Days and hours that the calendar shows as working time, and by which the task feed finds the week's last and first day.
void SettingsPage::draw_working_time(Context& context, RecordRef organization) {
    const std::string_view label = context.tr("ui.settings.working_time");
    const WorkingTime now = context.workspace().working_time();
    WorkingTime time = now;
    draw_setting(context, label, context.tr("ui.settings.working_time_help"), [&] {
        kit::Column column(context, {.gap = space::x3});
        {
            kit::Group group(context, Role::Group, context.tr("ui.settings.working_days"));
            kit::FormGrid days(context, {.column_min = 36, .columns_max = 7, .gap = space::x1, .row_gap = space::x1});
            for (int i = 0; i < 7; ++i) {
                const int day = (context.locale().first_weekday() + i) % 7;
                const auto bit = static_cast<std::uint8_t>(1u << day);
                // January 4th of 1970 was a Sunday. The last working day stays.
                if (kit::button(context, std::to_string(day), context.locale().format_weekday(3 + day), {.small = true, .selected = time.works_on(day), .full_width = true}) && time.days != bit) time.days ^= bit;
            }
        }
        kit::Columns hours(context, {1.0f, 1.0f}, {.gap = space::x3});
        const auto choose = [&](std::string_view key, std::string_view name, int& minutes, int first, int last) {
            std::vector<kit::Choice> choices;
            if (minutes % 30 != 0) choices.push_back({.value = std::to_string(minutes), .label = context.locale().format_time(minutes)});
            for (int each = first; each <= last; each += 30)
                choices.push_back({.value = std::to_string(each), .label = each == 1440 ? std::string(context.tr("ui.settings.midnight")) : context.locale().format_time(each)});
            std::string value = std::to_string(minutes);
            if (kit::picklist(context, key, context.tr(name), choices, value, {.allow_none = false}).changed) std::from_chars(value.data(), value.data() + value.size(), minutes);
        };
        choose("from", "ui.settings.work_from", time.from, 0, time.to - 1);
        hours.next();
        choose("to", "ui.settings.work_to", time.to, (time.from / 30 + 1) * 30, 1440);
    });
    if (time != now) context.submit(UpdateRecord{organization, {{organization_field::working_hours, to_text(time)}}}, {});   // told by the buttons; a notice would lie on the next ones
}

// How leads come in and who gets them, and how a sale goes on.
void SettingsPage::draw_process(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.settings.process"), .gap = space::x4});
    draw_setting(context, context.tr("ui.stages.link"), context.tr("ui.stages.link_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "stages", context.tr("ui.stages.manage"), {.icon = Icon::Board})) context.navigate(routes::stage_settings());
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.products.books"), context.tr("ui.price_books.help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "price_books", context.tr("ui.price_books.open"), {.icon = Icon::Product})) context.navigate(routes::list("Pricebook2"));
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.routing.title"), context.tr("ui.routing.setting_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "routing", context.tr("ui.routing.open"), {.icon = Icon::Hierarchy})) context.navigate("#/routing");
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.web.title"), context.tr("ui.web.setting_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "web", context.tr("ui.web.open"), {.icon = Icon::Globe})) context.navigate("#/web-to-lead");
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.duplicate_rules.title"), context.tr("ui.duplicate_rules.setting_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "duplicates", context.tr("ui.duplicate_rules.open"), {.icon = Icon::Merge})) context.navigate("#/settings/duplicates");
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.conversion.title"), context.tr("ui.conversion.setting_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "conversion", context.tr("ui.conversion.open"), {.icon = Icon::Convert})) context.navigate("#/settings/conversion");
    });
}

void SettingsPage::draw_data(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.settings.data"), .gap = space::x4});
    draw_sample_banner(context);
    draw_setting(context, context.tr("ui.settings.backup_label"), context.tr("ui.settings.backup_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "backup", context.tr("ui.settings.backup"), {.icon = Icon::Export})) save_backup(context);
        if (kit::button(context, "restore", context.tr("ui.backup.restore"), {.icon = Icon::Import})) restore_backup_file(context);
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.settings.import_label"), context.tr("ui.settings.import_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "import", context.tr("ui.home.import"), {.icon = Icon::Import})) context.navigate(routes::import());
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.bin.title"), context.tr("ui.bin.setting_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "bin", context.tr("ui.bin.open"), {.icon = Icon::Trash})) context.navigate("#/recycle-bin");
    });
}

void SettingsPage::draw_storage(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.settings.storage"), .gap = space::x4});
    if (!is_page_kept(context.browser())) kit::banner(context, "not_offline", context.tr("ui.home.not_offline"), {.tone = Tone::Warning});
    if (!context.workspace().database().damaged().empty()) {
        kit::banner(context, "damaged", context.tr("ui.settings.damaged"), {.tone = Tone::Warning});
        kit::Row row(context);
        if (kit::button(context, "save_damaged", context.tr("ui.settings.save_damaged"), {.icon = Icon::Export})) save_damaged(context);
        if (kit::button(context, "discard_damaged", context.tr("ui.settings.discard_damaged"), {.icon = Icon::Trash}))
            context.confirm(std::string(context.tr("ui.settings.discard_title")), std::string(context.tr("ui.settings.discard_text")),
                            std::string(context.tr("ui.settings.discard_damaged")), true, [&context] { context.workspace().database().discard_damaged(); });
    }
    draw_setting(context, context.tr("ui.settings.persist_label"), context.tr("ui.settings.storage_help"), [&] {
        kit::Row row(context);
        if (kit::button(context, "persist", context.tr("ui.settings.persist"))) context.browser().request_persistence();
    });
    kit::divider(context);
    draw_setting(context, context.tr("ui.settings.erase"), context.tr("ui.settings.erase_help"), [&] {
        kit::Row row(context);
        if (!kit::button(context, "erase", context.tr("ui.settings.erase"), {.kind = kit::ButtonKind::Danger, .icon = Icon::Trash})) return;
        context.confirm(std::string(context.tr("ui.settings.erase_title")), std::string(context.tr("ui.settings.erase_text")),
                        std::string(context.tr("ui.settings.erase")), true, [&context] {
                            context.storage().erase_all([&context](Status erased) {
                                if (!erased) return context.toast(context.error_text(erased.error()), Tone::Danger);
                                // The shell shows what is to be said of the other one.
                                if (context.storage().failure_detail() != "other_copy") context.browser().reload();
                            });
                        });
    });
}

void SettingsPage::save_damaged(Context& context) {
    Bytes all;
    for (const Bytes& bytes : context.workspace().database().damaged()) all.insert(all.end(), bytes.begin(), bytes.end());
    context.browser().save_file("outpost-damaged-" + days_to_text(context.today()) + ".bin", "application/octet-stream", bytes_of(all));
}

}  // namespace outpost
