#include "ui/pages/home_page.h"

#include <algorithm>

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/sample_data_action.h"

namespace outpost {
namespace {

Decimal decimal_at(const AggregateAnswer& answer, std::size_t column) {
    if (answer.rows.empty()) return {};
    const auto* value = std::get_if<Decimal>(&answer.rows[0].values[column]);
    return value ? *value : Decimal{};
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

RowSelection select(Context& context, std::string_view soql) {
    auto query = parse_soql(soql, context.records());
    if (!query) return {};
    auto rows = context.workspace().select(*query);
    return rows ? *std::move(rows) : RowSelection{};
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

}  // namespace

std::string HomePage::title(Context& context, const Route&) { return std::string(context.tr("ui.home.title")); }

void HomePage::draw(Context& context, const Route&) {
    refresh(context);
    kit::PageBody body(context, {.width_max = 1080, .gap = space::x6});
    if (!figures_.has_records) return draw_welcome(context);
    {
        kit::Column head(context, {.gap = space::x1});
        kit::heading(context, 1, greeting(context), {.style = TextStyle::Hero});
        kit::text(context, context.locale().format_date(context.today()), {.ink = kit::Ink::Secondary});
    }
    draw_sample_banner(context);
    draw_figures(context);
    kit::Columns columns(context, {1, 1});
    {
        kit::Column left(context, {.gap = space::x6});
        draw_tasks(context);
        draw_leads(context);
    }
    columns.next();
    kit::Column right(context, {.gap = space::x6});
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
    if (!open.rows.empty()) {
        figures_.open_count = count_at(open, 0);
        figures_.open_sum = decimal_at(open, 1);
        figures_.weighted_sum = decimal_at(open, 2);
    }
    const AggregateAnswer won = aggregate(context, "SELECT SUM(Amount) a FROM Opportunity WHERE IsWon = true AND CloseDate = THIS_FISCAL_QUARTER");
    if (!won.rows.empty()) figures_.won_sum = decimal_at(won, 0);
    const AggregateAnswer closing =
        aggregate(context, "SELECT COUNT(Id) n, SUM(Amount) a FROM Opportunity WHERE IsClosed = false AND CloseDate = THIS_MONTH");
    if (!closing.rows.empty()) {
        figures_.closing_count = count_at(closing, 0);
        figures_.closing_sum = decimal_at(closing, 1);
    }
    RowSelection rows = select(context, "SELECT Id FROM Task WHERE IsClosed = false AND ActivityDate <= TODAY ORDER BY ActivityDate LIMIT 6");
    task_total_ = rows.total;
    tasks_ = std::move(rows.rows);
    rows = select(context, "SELECT Id FROM Opportunity WHERE IsClosed = false AND CloseDate <= NEXT_N_DAYS:30 ORDER BY CloseDate, Amount DESC LIMIT 6");
    closing_total_ = rows.total;
    closing_ = std::move(rows.rows);
    rows = select(context, "SELECT Id FROM Lead WHERE IsConverted = false ORDER BY CreatedDate DESC LIMIT 6");
    lead_total_ = rows.total;
    leads_ = std::move(rows.rows);
    recent_.clear();
    std::vector<std::pair<Milliseconds, RecordRef>> newest;
    for (const ObjectIndex object :
         {standard_object::lead, standard_object::account, standard_object::contact, standard_object::opportunity}) {
        const std::string soql = "SELECT Id FROM " + context.schema().object(object).name + " ORDER BY LastModifiedDate DESC LIMIT 6";
        for (const RowIndex row : select(context, soql).rows) {
            const Value value = context.records().value({object, row}, system_field::last_modified_date);
            if (const auto* instant = std::get_if<InstantValue>(&value)) newest.push_back({instant->milliseconds, {object, row}});
        }
    }
    std::ranges::stable_sort(newest, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; i < newest.size() && i < 6; ++i) recent_.push_back(newest[i].second);
}

std::string HomePage::greeting(Context& context) const {
    const Milliseconds now = context.clock().now();
    const Milliseconds local = now + Milliseconds{context.clock().utc_offset_minutes(now)} * 60'000;
    const auto hour = static_cast<int>(((local % milliseconds_per_day) + milliseconds_per_day) % milliseconds_per_day / 3'600'000);
    return std::string(context.tr(hour < 5 ? "ui.home.evening" : hour < 12 ? "ui.home.morning" : hour < 18 ? "ui.home.afternoon" : "ui.home.evening"));
}

// Nothing here yet: three ways to begin.
void HomePage::draw_welcome(Context& context) {
    kit::gap(context, space::x8);
    kit::Column column(context, {.gap = space::x4, .width_max = 640, .align = Align::Center});
    kit::heading(context, 1, context.tr("ui.home.welcome"), {.style = TextStyle::Hero});
    kit::text(context, context.tr("ui.home.welcome_text"), {.ink = kit::Ink::Secondary, .wrap = true});
    kit::gap(context, space::x2);
    {
        kit::Card card(context, {.title = context.tr("ui.home.sample_title")});
        kit::help_text(context, context.tr("ui.home.sample_text"));
        draw_sample_button(context);
    }
    {
        kit::Card card(context, {.title = context.tr("ui.home.import_title")});
        kit::help_text(context, context.tr("ui.home.import_text"));
        kit::Row row(context);
        if (kit::button(context, "import", context.tr("ui.home.import"), {.icon = Icon::Import})) context.navigate(routes::import());
    }
    kit::Card card(context, {.title = context.tr("ui.home.empty_title")});
    kit::help_text(context, context.tr("ui.home.empty_text"));
    kit::Row row(context);
    if (kit::button(context, "lead", context.tr("ui.home.new_lead"), {.icon = Icon::Lead})) context.navigate(routes::create("Lead"));
    if (kit::button(context, "account", context.tr("ui.home.new_account"), {.icon = Icon::Account})) context.navigate(routes::create("Account"));
}

void HomePage::draw_figures(Context& context) {
    kit::FormGrid grid(context, {.column_min = context.is_phone() ? 140.0f : 200.0f, .columns_max = 4, .gap = space::x3, .row_gap = space::x3});
    const std::string board = routes::board("Opportunity");
    kit::stat_tile(context, "open", context.tr("ui.home.open_pipeline"), money(context, figures_.open_sum),
                   {.detail = context.count_text("ui.home.opportunities", figures_.open_count), .icon = Icon::Opportunity, .address = board});
    kit::stat_tile(context, "weighted", context.tr("ui.home.weighted"), money(context, figures_.weighted_sum),
                   {.detail = context.tr("ui.home.weighted_detail"), .icon = Icon::Chart, .address = board});
    kit::stat_tile(context, "closing", context.tr("ui.home.closing_month"), money(context, figures_.closing_sum),
                   {.detail = context.count_text("ui.home.opportunities", figures_.closing_count), .icon = Icon::Calendar,
                    .address = routes::list("Opportunity")});
    kit::stat_tile(context, "won", context.tr("ui.home.won_quarter"), money(context, figures_.won_sum),
                   {.detail = context.tr("ui.home.won_detail"), .tone = Tone::Success, .icon = Icon::Trophy, .address = routes::list("Opportunity")});
}

void HomePage::draw_tasks(Context& context) {
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.home.tasks")});
    {
        kit::SectionHeader header(context, context.tr("ui.home.tasks"), static_cast<int>(task_total_));
        const bool pressed = context.is_phone()
                                 ? kit::icon_button(context, "new", Icon::Plus, context.tr("ui.home.new_task"))
                                 : kit::button(context, "new", context.tr("ui.home.new_task"), {.kind = kit::ButtonKind::Ghost, .icon = Icon::Plus, .small = true});
        if (pressed) context.navigate(routes::create("Task"));
    }
    if (tasks_.empty()) kit::help_text(context, context.tr("ui.home.no_tasks"));
    for (const RowIndex row : tasks_) {
        const RecordRef task{standard_object::task, row};
        kit::IdScope scope(context, std::uint64_t{row});
        bool done = false;
        const std::string date = text_of(context, task, task_field::activity_date);
        std::string about = text_of(context, task, task_field::who);
        if (about.empty()) about = text_of(context, task, task_field::what);
        const std::string address = address_of(context, task);
        if (kit::list_item(context, "task", context.records().display_name(task),
                           {.detail = about, .right = date, .address = address, .checkbox = true, .checked = &done})
                .check_changed &&
            done)
            context.submit(UpdateRecord{task, {{task_field::status, std::string("Completed")}}}, {},
                           {.toast = context.tr("ui.home.task_done", {context.records().display_name(task)})});
    }
}

void HomePage::draw_closing(Context& context) {
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.home.closing")});
    { kit::SectionHeader header(context, context.tr("ui.home.closing"), static_cast<int>(closing_total_)); }
    if (closing_.empty()) kit::help_text(context, context.tr("ui.home.no_closing"));
    for (const RowIndex row : closing_) {
        const RecordRef record{standard_object::opportunity, row};
        kit::IdScope scope(context, std::uint64_t{row});
        const std::string detail = text_of(context, record, opportunity_field::account);
        const std::string amount = text_of(context, record, opportunity_field::amount);
        const std::string date = text_of(context, record, opportunity_field::close_date);
        const std::string address = address_of(context, record);
        kit::list_item(context, "opportunity", context.records().display_name(record),
                       {.detail = detail, .right = amount, .right_detail = date, .address = address, .icon = Icon::Opportunity});
    }
}

void HomePage::draw_leads(Context& context) {
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.home.leads")});
    {
        kit::SectionHeader header(context, context.tr("ui.home.leads"), static_cast<int>(lead_total_));
        if (kit::button(context, "all", context.tr("ui.home.show_all"), {.kind = kit::ButtonKind::Ghost, .small = true}))
            context.navigate(routes::list("Lead"));
    }
    if (leads_.empty()) kit::help_text(context, context.tr("ui.home.no_leads"));
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
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.home.recent")});
    { kit::SectionHeader header(context, context.tr("ui.home.recent")); }
    for (const RecordRef record : recent_) {
        const Object& object = context.schema().object(record.object);
        kit::IdScope scope(context, (std::uint64_t{number(record.object)} << 32) | record.row);
        const std::string label = object_label(context.messages(), object, false);
        const std::string address = address_of(context, record);
        kit::list_item(context, "record", context.records().display_name(record),
                       {.detail = label, .address = address, .icon = icon_of_object(object.name, object.icon)});
    }
}

}  // namespace outpost
