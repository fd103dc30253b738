#include "ui/pages/home_page.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/sort_stably.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/list_query.h"
#include "ui/pages/backup_actions.h"
#include "ui/pages/record_form.h"
#include "ui/pages/sample_data_action.h"
#include "ui/pages/task_actions.h"
#include "ui/preferences.h"

namespace outpost {
namespace {

Decimal decimal_at(const AggregateAnswer& answer, std::size_t column) {
    const Value value = answer.size() > 0 ? answer.value(0, column) : Value();
    const auto* number = std::get_if<Decimal>(&value);
    return number ? *number : Decimal{};
}

std::uint64_t count_at(const AggregateAnswer& answer, std::size_t column) {
    const auto whole = rescale(decimal_at(answer, column), 0, Rounding::HalfUp);
    return whole && whole->units > 0 ? static_cast<std::uint64_t>(whole->units) : 0;
}

AggregateAnswer aggregate(Context& context, std::string_view soql) {
    auto query = parse_soql(soql, context.records());
    if (!query) return {};
    auto answer = context.workspace().aggregate(*query);
    return answer ? *std::move(answer) : AggregateAnswer{};
}

RowSelection select(Context& context, const Query& query) {
    auto rows = context.workspace().select(query);
    return rows ? *std::move(rows) : RowSelection{};
}

RowSelection select(Context& context, std::string_view soql) {
    auto query = parse_soql(soql, context.records());
    return query ? select(context, *query) : RowSelection{};
}

std::string money(Context& context, Decimal value) {
    return context.locale().format_money_short(value, context.workspace().currency());
}

std::string text_of(Context& context, RecordRef record, FieldIndex field) {
    const Value value = context.records().value(record, field);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* target = std::get_if<RecordRef>(&value)) return context.records().display_name(*target);
    if (const auto* date = std::get_if<DateValue>(&value)) return context.locale().format_date(date->days);
    if (const auto* amount = std::get_if<Decimal>(&value)) return context.locale().format_money(*amount, context.workspace().currency());
    return {};
}

std::string address_of(Context& context, RecordRef record) { return routes::record(context.records().id_of(record)); }

// A day in words where it is near: "Today", "Yesterday", else the date.
std::string day_text(Context& context, Days day) {
    const Days away = day - context.today();
    if (away >= -1 && away <= 1) return std::string(context.tr(away == 0 ? "kit.today" : away < 0 ? "kit.yesterday" : "kit.tomorrow"));
    return context.locale().format_date(day);
}

struct DueDay { std::string text; Tone tone = Tone::Neutral; };

DueDay due_day(Context& context, RecordRef record, FieldIndex field) {
    const Value value = context.records().value(record, field);
    const auto* date = std::get_if<DateValue>(&value);
    if (!date) return {};
    return {day_text(context, date->days), date->days < context.today() ? Tone::Danger : Tone::Neutral};
}

// The list of those that are still open, by their day.
std::string open_opportunities(std::string_view where) {
    return Route::parse(routes::list("Opportunity")).set("state", "open").set("sort", "CloseDate").set("where", where).to_text();
}

constexpr std::string_view closing_soon = "CloseDate >= TODAY AND CloseDate <= NEXT_N_DAYS:30";

kit::CardOptions rows_card(std::string_view name) {
    return {.padding = Insets::xy(space::x4, space::x2), .gap = 0, .role = Role::Region, .name = name};
}

// What a lead is given when it comes in: nobody has worked on it yet.
std::string first_lead_status(Context& context) {
    const Field& status = context.schema().object(standard_object::lead).field(lead_field::status);
    for (const PicklistValue& value : status.values)
        if (value.active && value.is_default) return value.value;
    const std::vector<std::uint16_t> codes = status.codes_in_order(true);
    return codes.empty() ? std::string() : status.values[codes.front() - 1u].value;
}

// The list behind "New leads", as its link shows it.
ListRequest new_leads(Context& context) {
    ListRequest request;
    request.state = ListState::Open;
    request.fields.push_back({lead_field::status, {first_lead_status(context)}});
    request.sort = system_field::created_date;
    request.descending = true;
    return request;
}

Query new_leads_query(Context& context, std::uint32_t limit) {
    Query query = list_query(new_leads(context), context.schema().object(standard_object::lead), context.records(), context.workspace().current_user()).value_or(Query{});
    query.limit = limit;
    return query;
}

void draw_nothing(Context& context, std::string_view words) {
    kit::Column column(context, {.gap = 0, .padding = {0, 4, 0, 12}});
    kit::help_text(context, words);
}

}  // namespace

std::string HomePage::title(Context& context, const Route&) { return std::string(context.tr("ui.home.title")); }

void HomePage::draw(Context& context, const Route&) {
    refresh(context);
    const float gap = context.theme.section_gap();
    kit::PageBody body(context, {.width_max = 1080, .gap = gap});
    if (!figures_.has_records) return draw_welcome(context);
    {
        kit::Column head(context, {.gap = space::x1});
        kit::heading(context, 1, greeting(context), {.style = context.is_phone() ? TextStyle::Title : TextStyle::Hero});
        kit::text(context, context.locale().format_date(context.today()), {.ink = kit::Ink::Secondary});
    }
    draw_sample_note(context);
    draw_figures(context);
    kit::Columns columns(context, {1, 1}, {.gap = gap});
    {
        kit::Column left(context, {.gap = gap});
        draw_tasks(context);
        draw_leads(context);
    }
    columns.next();
    kit::Column right(context, {.gap = gap});
    draw_closing(context);
    draw_recent(context);
}

void HomePage::refresh(Context& context) {
    const Days today = context.today();
    if (seen_revision_ == context.workspace().revision() && seen_day_ == today) return;
    seen_revision_ = context.workspace().revision();
    seen_day_ = today;
    figures_ = {};
    for (const ObjectIndex object : context.schema().objects()) {
        const bool own = object == standard_object::user || object == standard_object::organization;
        if (!own && context.records().table(object).live_count() > 0) figures_.has_records = true;
    }
    const AggregateAnswer open = aggregate(context, "SELECT COUNT(Id) n, SUM(Amount) a, SUM(ExpectedRevenue) w FROM Opportunity WHERE IsClosed = false");
    if (open.size() > 0) {
        figures_.open_count = count_at(open, 0);
        figures_.open_sum = decimal_at(open, 1);
        figures_.weighted_sum = decimal_at(open, 2);
    }
    const AggregateAnswer won = aggregate(context, "SELECT SUM(Amount) a FROM Opportunity WHERE IsWon = true AND CloseDate = THIS_FISCAL_QUARTER");
    if (won.size() > 0) figures_.won_sum = decimal_at(won, 0);
    const AggregateAnswer closing =
        aggregate(context, "SELECT COUNT(Id) n, SUM(Amount) a FROM Opportunity WHERE IsClosed = false AND CloseDate = THIS_MONTH");
    if (closing.size() > 0) {
        figures_.closing_count = count_at(closing, 0);
        figures_.closing_sum = decimal_at(closing, 1);
    }
    RowSelection rows = select(context, "SELECT Id FROM Task WHERE IsClosed = false AND ActivityDate <= TODAY AND OwnerId = '" + to_text(context.records().id_of(context.workspace().current_user())) + "' ORDER BY ActivityDate LIMIT 6");
    task_total_ = rows.total;
    tasks_ = std::move(rows.rows);
    rows = select(context, "SELECT Id FROM Opportunity WHERE IsClosed = false AND " + std::string(closing_soon) + " ORDER BY CloseDate, Amount DESC LIMIT 6");
    closing_total_ = rows.total;
    closing_ = std::move(rows.rows);
    overdue_total_ = select(context, "SELECT Id FROM Opportunity WHERE IsClosed = false AND CloseDate < TODAY LIMIT 1").total;
    rows = select(context, new_leads_query(context, 6));
    lead_total_ = rows.total;
    leads_ = std::move(rows.rows);
    recent_.clear();
    std::vector<std::pair<Milliseconds, RecordRef>> newest;
    for (const ObjectIndex object : context.schema().objects()) {
        const Object& definition = context.schema().object(object);
        const bool sells = object == standard_object::lead || object == standard_object::account || object == standard_object::contact || object == standard_object::opportunity;
        if (definition.standard ? !sells : definition.hidden) continue;
        const std::string soql = "SELECT Id FROM " + definition.name + " ORDER BY LastModifiedDate DESC LIMIT 6";
        for (const RowIndex row : select(context, soql).rows) {
            const Value value = context.records().value({object, row}, system_field::last_modified_date);
            if (const auto* instant = std::get_if<InstantValue>(&value)) newest.push_back({instant->milliseconds, {object, row}});
        }
    }
    sort_stably(newest, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; i < newest.size() && i < 6; ++i) recent_.push_back(newest[i].second);
}

std::string HomePage::greeting(Context& context) const {
    const Milliseconds now = context.clock().now();
    const Milliseconds local = now + Milliseconds{context.clock().utc_offset_minutes(now)} * 60'000;
    const auto hour = static_cast<int>(((local % milliseconds_per_day) + milliseconds_per_day) % milliseconds_per_day / 3'600'000);
    return std::string(context.tr(hour < 12 ? "ui.home.morning" : hour < 18 ? "ui.home.afternoon" : "ui.home.evening"));
}

namespace {

// One way to begin. All are as high as the highest, whose words take `words_height`.
void draw_start(Context& context, Icon icon, std::string_view title, std::string_view words, float words_height, const std::function<void()>& actions) {
    kit::Card card(context, {.padding = Insets::all(space::x6), .gap = 0, .role = Role::Region, .name = title});
    {
        kit::Row row(context);
        kit::object_icon(context, icon, 0, 40);
    }
    kit::gap(context, space::x4);
    kit::heading(context, 2, title, {.style = TextStyle::Subtitle});
    kit::gap(context, space::x1);
    const Rect place = kit::take(context, 0, words_height);
    kit::text(context, words, {.ink = kit::Ink::Secondary, .wrap = true, .at = place});
    kit::gap(context, space::x4);
    kit::Column column(context, {.gap = space::x2});
    actions();
}

}  // namespace

// Nothing here yet: three ways to begin.
void HomePage::draw_welcome(Context& context) {
    const bool phone = context.is_phone();
    if (!phone) kit::gap(context, space::x8);
    kit::Column column(context, {.gap = space::x6, .width_max = 960, .align = Align::Center});
    {
        kit::Column head(context, {.gap = space::x2, .width_max = 680});
        kit::heading(context, 1, context.tr("ui.home.welcome"), {.style = TextStyle::Hero});
        kit::text(context, context.tr(is_page_kept(context.browser()) ? "ui.home.welcome_text" : "ui.home.not_offline"), {.ink = kit::Ink::Secondary, .wrap = true});
    }
    const float gap = space::x4, room = kit::available(context).width;
    const int columns = room >= 3 * 250 + 2 * gap ? 3 : 1;
    const float width = std::floor((room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns)) - 2 * space::x6;
    float words_height = 0;
    for (const std::string_view key : {"ui.home.sample_text", "ui.home.import_text", "ui.home.empty_text"})
        words_height = std::max(words_height, kit::text_height(context, context.tr(key), TextStyle::Body, width));
    const auto words = [&](std::string_view key) { return columns > 1 ? words_height : kit::text_height(context, context.tr(key), TextStyle::Body, width); };
    {
        kit::FormGrid grid(context, {.column_min = 250, .columns_max = columns, .gap = gap, .row_gap = gap});
        draw_start(context, Icon::Board, context.tr("ui.home.sample_title"), context.tr("ui.home.sample_text"), words("ui.home.sample_text"),
                   [&] { draw_sample_button(context); });
        draw_start(context, Icon::Import, context.tr("ui.home.import_title"), context.tr("ui.home.import_text"), words("ui.home.import_text"), [&] {
            if (kit::button(context, "import", context.tr("ui.home.import"), {.icon = Icon::Import, .full_width = true})) context.navigate(routes::import());
        });
        draw_start(context, Icon::Edit, context.tr("ui.home.empty_title"), context.tr("ui.home.empty_text"), words("ui.home.empty_text"), [&] {
            const float share = std::floor((kit::available(context).width - space::x2) / 2);
            kit::Row row(context);
            if (kit::button(context, "lead", context.tr("ui.home.new_lead"), {.width = share})) context.navigate(routes::create("Lead"));
            if (kit::button(context, "account", context.tr("ui.home.new_account"), {.width = share})) context.navigate(routes::create("Account"));
        });
    }
    kit::Row row(context);
    if (kit::button(context, "restore", context.tr("ui.backup.restore"), {.kind = kit::ButtonKind::Ghost, .icon = Icon::Import})) restore_backup_file(context);
}

void HomePage::draw_figures(Context& context) {
    // Four in a row or two by two: none stands alone.
    const float gap = context.is_phone() ? space::x3 : context.theme.section_gap();   // that of the cards below, so that their edges meet
    const bool in_a_row = kit::available(context).width >= 4 * 190 + 3 * gap;
    kit::FormGrid grid(context, {.column_min = 140, .columns_max = in_a_row ? 4 : 2, .gap = gap, .row_gap = gap});
    const std::string board = routes::board("Opportunity");
    // All have their signs, or none.
    const float room = kit::available(context).width - 2 * space::x4 - 24;
    const bool signs = std::ranges::all_of(std::array{"ui.home.open_pipeline", "ui.home.weighted", "ui.home.closing_month", "ui.home.won_quarter"}, [&](const char* key) { return kit::text_width(context, context.tr(key), TextStyle::Dense) <= room; });
    const auto sign = [&](Icon icon) { return signs ? icon : Icon::None; };
    kit::stat_tile(context, "open", context.tr("ui.home.open_pipeline"), money(context, figures_.open_sum),
                   {.detail = context.count_text("ui.home.opportunities", figures_.open_count), .icon = sign(Icon::Opportunity), .address = board});
    kit::stat_tile(context, "weighted", context.tr("ui.home.weighted"), money(context, figures_.weighted_sum),
                   {.detail = context.tr("ui.home.weighted_detail"), .icon = sign(Icon::Chart), .address = board});
    kit::stat_tile(context, "closing", context.tr("ui.home.closing_month"), money(context, figures_.closing_sum),
                   {.detail = context.count_text("ui.home.opportunities", figures_.closing_count), .icon = sign(Icon::Calendar),
                    .address = open_opportunities("CloseDate = THIS_MONTH")});
    kit::stat_tile(context, "won", context.tr("ui.home.won_quarter"), money(context, figures_.won_sum),
                   {.detail = context.tr("ui.home.won_detail"), .tone = Tone::Success, .icon = sign(Icon::Trophy), .address = routes::list("Opportunity") + "?state=closed&IsWon=true&sort=-CloseDate&where=CloseDate+%3D+THIS_FISCAL_QUARTER"});
}

void HomePage::draw_tasks(Context& context) {
    kit::Card card(context, rows_card(context.tr("ui.home.tasks")));
    {
        kit::Column column(context, {.gap = 0});
        kit::SectionHeader header(context, context.tr("ui.home.tasks"), static_cast<int>(task_total_));
        // In words on a phone too, where the bar above has a sign for all that can be made.
        if (kit::button(context, "new", context.tr("ui.home.new_task"), {.kind = kit::ButtonKind::Ghost, .icon = context.is_phone() ? Icon::None : Icon::Plus, .small = true}))
            open_create_dialog(context, Route::parse(routes::create("Task") + "?ActivityDate=" + days_to_text(context.today())));   // or it would not be among those that are due
        if (kit::button(context, "all_tasks", context.tr("ui.home.show_all"), {.kind = kit::ButtonKind::Ghost, .small = true})) context.navigate(routes::task_feed());
    }
    if (tasks_.empty()) draw_nothing(context, context.tr("ui.home.no_tasks"));
    for (const RowIndex row : tasks_) {
        const RecordRef task{standard_object::task, row};
        kit::IdScope scope(context, std::uint64_t{row});
        bool done = false;
        const DueDay due = due_day(context, task, task_field::activity_date);
        std::string about = text_of(context, task, task_field::who);
        if (about.empty()) about = text_of(context, task, task_field::what);
        const std::string address = address_of(context, task);
        if (kit::list_item(context, "task", context.records().display_name(task),
                           {.detail = about, .right = due.text, .right_tone = due.tone, .address = address, .checkbox = true, .checked = &done})
                .check_changed &&
            done)
            context.submit(UpdateRecord{task, {{task_field::status, std::string("Completed")}}}, {},
                           {.toast = context.tr("ui.home.task_done", {context.records().display_name(task)})});
    }
}

void HomePage::draw_closing(Context& context) {
    kit::Card card(context, rows_card(context.tr("ui.home.closing")));
    {
        kit::Column column(context, {.gap = 0});
        kit::SectionHeader header(context, context.tr("ui.home.closing"), static_cast<int>(closing_total_));
        if (kit::button(context, "all", context.tr("ui.home.show_all"), {.kind = kit::ButtonKind::Ghost, .small = true}))
            context.navigate(open_opportunities(closing_soon));
    }
    if (closing_.empty()) draw_nothing(context, context.tr("ui.home.no_closing"));
    draw_overdue(context);
    // Beside a long name a sum has a third of the line, and a figure is never cut: all are exact, or all are short.
    const float room = (kit::available(context).width - 44) * 0.3f;
    std::vector<std::string> amounts;
    for (const RowIndex row : closing_) amounts.push_back(text_of(context, {standard_object::opportunity, row}, opportunity_field::amount));
    const bool fit = std::ranges::all_of(amounts, [&](const std::string& amount) { return kit::text_width(context, amount, TextStyle::Dense) <= room; });
    for (std::size_t at = 0; at < closing_.size(); ++at) {
        const RowIndex row = closing_[at];
        const RecordRef record{standard_object::opportunity, row};
        kit::IdScope scope(context, std::uint64_t{row});
        const std::string detail = text_of(context, record, opportunity_field::account);
        std::string amount = std::move(amounts[at]);
        const Value value = context.records().value(record, opportunity_field::amount);
        const auto* exact = std::get_if<Decimal>(&value);
        if (exact && !fit) amount = money(context, *exact);
        const DueDay due = due_day(context, record, opportunity_field::close_date);
        const std::string address = address_of(context, record);
        kit::list_item(context, "opportunity", context.records().display_name(record),
                       {.detail = detail, .right = amount, .right_detail = due.text, .right_tone = due.tone, .address = address, .icon = Icon::Opportunity});
    }
}

// Those past their date are no longer to close soon: they wait in the list, the oldest first.
void HomePage::draw_overdue(Context& context) {
    if (overdue_total_ == 0) return;
    kit::Column column(context, {.gap = 0});
    kit::link(context, "overdue", context.count_text("ui.home.overdue", overdue_total_), open_opportunities("CloseDate < TODAY"), {.style = TextStyle::Dense});
    kit::gap(context, space::x1);
}

void HomePage::draw_leads(Context& context) {
    kit::Card card(context, rows_card(context.tr("ui.home.leads")));
    {
        kit::Column column(context, {.gap = 0});
        kit::SectionHeader header(context, context.tr("ui.home.leads"), static_cast<int>(lead_total_));
        if (kit::button(context, "all", context.tr("ui.home.show_all"), {.kind = kit::ButtonKind::Ghost, .small = true})) {
            Route all = Route::parse(routes::list("Lead"));
            write_request(all, new_leads(context), context.schema().object(standard_object::lead));
            context.navigate(all.to_text());
        }
    }
    if (leads_.empty()) draw_nothing(context, context.tr("ui.home.no_leads"));
    for (const RowIndex row : leads_) {
        const RecordRef lead{standard_object::lead, row};
        kit::IdScope scope(context, std::uint64_t{row});
        const std::string name = context.records().display_name(lead);
        const std::string detail = text_of(context, lead, lead_field::company);
        const Field& status = context.schema().object(standard_object::lead).field(lead_field::status);
        const std::uint16_t code = status.find_code(text_of(context, lead, lead_field::status));
        const std::string right = code == 0 ? std::string() : value_label(context.messages(), status, status.values[code - 1u]);
        const std::string address = address_of(context, lead);
        kit::list_item(context, "lead", name, {.detail = detail, .right = right, .address = address, .avatar = name});
    }
}

void HomePage::draw_recent(Context& context) {
    kit::Card card(context, rows_card(context.tr("ui.home.recent")));
    {
        kit::Column column(context, {.gap = 0});
        kit::SectionHeader header(context, context.tr("ui.home.recent"));
    }
    for (const RecordRef record : recent_) {
        const Object& object = context.schema().object(record.object);
        kit::IdScope scope(context, (std::uint64_t{number(record.object)} << 32) | record.row);
        std::string label = object_label(context.messages(), object, false);
        if (record.object == standard_object::opportunity)
            if (const std::string account = text_of(context, record, opportunity_field::account); !account.empty()) label += " · " + account;
        const std::string address = address_of(context, record);
        kit::list_item(context, "record", context.records().display_name(record),
                       {.detail = label, .address = address, .icon = icon_of_object(object.name, object.icon)});
    }
}

}  // namespace outpost
