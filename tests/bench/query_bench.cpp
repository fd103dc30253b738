// Queries over 100,000 opportunities beside what the machine can do at best: a plain sum over one column, one look at
// the same bytes. Prints milliseconds and ratios. The queries are those of lists, reports and search; the
// search for duplicates stands beside a look at every record. The global search is asked as it is typed, key by key;
// ten thousand records are changed at once.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/edit/try_update.h"
#include "core/matching/duplicates.h"
#include "core/pipeline/forecast.h"
#include "core/query/columns_answer.h"
#include "core/query/global_search.h"
#include "core/query/query.h"
#include "core/query/text_index.h"
#include "core/transfer/sample_data.h"
#include "tests/support/edit_fixture.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;

namespace {

constexpr std::uint32_t opportunity_count = 100'000, contact_count = 100'000;

Records make_big_records() {
    using namespace standard_object;
    Records records;
    Dice dice(42);
    static constexpr const char* places[] = {"Global", "Nordic", "Élan", "Meridian", "Quartz", "Río", "Summit", "深圳星辰", "Packaging", "Harbor"};
    static constexpr const char* trades[] = {"Logistics", "Foods", "Systems", "Robotics", "科技", "Wines", "Networks", "Software"};
    static constexpr const char* forms[] = {"GmbH", "S.A.", "Ltd", "Inc.", "K.K.", "LLC"};
    static constexpr const char* products[] = {"renewal", "upgrade", "pilot", "expansion", "audit", "hardware refresh", "rollout"};
    static constexpr const char* steps[] = {"Send proposal to", "Schedule demo with", "Call back", "Review contract with", "Escalate to legal for"};
    static constexpr const char* people[] = {"Anna Müller", "José García", "Zoë Chen", "Liam Nguyễn", "Mei O'Brien", "Ken Tanaka"};
    static constexpr const char* times[] = {"next week", "before quarter end", "on Monday", "tomorrow", "by Friday", "à la rentrée"};
    add_rows(records, user, 50);
    for (RowIndex row = 0; row < 50; ++row) set(records, user, row, system_field::name, std::string(dice.pick(people)) + " " + std::to_string(row));
    const std::uint32_t accounts = opportunity_count / 10;
    add_rows(records, account, accounts);
    std::vector<std::string> names(accounts);
    for (RowIndex row = 0; row < accounts; ++row) {
        names[row] = std::string(dice.pick(places)) + " " + dice.pick(trades) + " " + dice.pick(forms);
        set(records, account, row, system_field::name, names[row]);
    }
    const Object& definition = records.schema().object(opportunity);
    const Field& stage = definition.field(opportunity_field::stage);
    const std::uint8_t revenue_scale = definition.field(opportunity_field::expected_revenue).scale;
    add_rows(records, opportunity, opportunity_count);
    for (RowIndex row = 0; row < opportunity_count; ++row) {
        const RowIndex owner = dice.below(50), company = dice.below(accounts);
        set(records, opportunity, row, system_field::name, names[company] + " – " + dice.pick(products) + " " + std::to_string(2024 + dice.below(3)) + " #" + std::to_string(row + 1));
        set(records, opportunity, row, opportunity_field::account, RecordRef{account, company});
        set(records, opportunity, row, system_field::owner, RecordRef{user, owner});
        set(records, opportunity, row, opportunity_field::stage, stage.values[std::min<std::uint32_t>(dice.below(8) * dice.below(9) / 8, static_cast<std::uint32_t>(stage.values.size()) - 1)].value);
        set(records, opportunity, row, opportunity_field::amount, Decimal{40'000 + dice.below(40'000'000), 2});
        set(records, opportunity, row, opportunity_field::expected_revenue, Decimal{std::int64_t{dice.below(40'000'000)} * power_of_ten(static_cast<std::uint8_t>(revenue_scale - 2)), revenue_scale});
        set(records, opportunity, row, opportunity_field::close_date, DateValue{19'723 + static_cast<Days>(dice.below(1095))});
        set(records, opportunity, row, opportunity_field::next_step, std::string(dice.pick(steps)) + " " + dice.pick(people) + " " + dice.pick(times));
    }
    return records;
}

// The best of many runs, in milliseconds: what the work takes when nothing else has the machine.
template <typename Work>
double best_ms(Work work, int runs = 31) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work(i);
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return *std::min_element(times.begin(), times.end());
}

volatile std::int64_t sink = 0;

void report(const char* name, double milliseconds, double floor) {
    std::printf("%-52s %9.3f ms %8.1f x floor\n", name, milliseconds, milliseconds / floor);
}

Query parsed(const std::string& soql, const Records& records) {
    Result<Query> query = parse_soql(soql, records);
    if (!query) {
        std::printf("%s: %s\n", soql.c_str(), query.error().message_key.c_str());
        return {};
    }
    return *std::move(query);
}

std::string search_soql(const char* term) {
    const std::string like = " LIKE '%" + std::string(term) + "%'";
    return "SELECT Id, Name, Account.Name, StageName, Amount, CloseDate FROM Opportunity WHERE Name" + like + " OR Account.Name" + like + " OR NextStep" + like + " ORDER BY Amount DESC, Id LIMIT 50";
}

Records make_contacts() {
    using namespace standard_object;
    Records records;
    Dice dice(11);
    static constexpr const char* syllables[] = {"an", "ber", "cor", "dal", "er", "fen", "gar", "hol", "is", "jan", "kal", "lin", "mor", "nel", "os", "pet", "ran", "sal", "tor", "vin"};
    const auto word = [&](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += dice.pick(syllables);
        text[0] = static_cast<char>(text[0] - 32);
        return text;
    };
    std::vector<std::string> first_names;
    for (int i = 0; i < 200; ++i) first_names.push_back(word(2));
    const std::uint32_t companies = contact_count / 10;
    add_rows(records, account, companies);
    for (RowIndex row = 0; row < companies; ++row) set(records, account, row, system_field::name, word(2) + " " + word(2) + (dice.one_in(2) ? " GmbH" : " Inc."));
    add_rows(records, contact, contact_count);
    for (RowIndex row = 0; row < contact_count; ++row) {
        const RowIndex company = dice.below(companies);
        const std::string first = dice.pick(first_names), last = word(2);
        set(records, contact, row, contact_field::first_name, first);
        set(records, contact, row, contact_field::last_name, last);
        set(records, contact, row, contact_field::account, RecordRef{account, company});
        set(records, contact, row, contact_field::email, first + "." + last + "@company" + std::to_string(company) + ".example");
        set(records, contact, row, contact_field::phone, "+49 30 " + std::to_string(10'000'000 + dice.below(80'000'000)));
        set(records, contact, row, contact_field::mailing_street, word(2) + " Street " + std::to_string(dice.below(90)));
    }
    return records;
}

void report_duplicates(double floor) {
    Records records = make_contacts();
    report("duplicates: first, makes the index", best_ms([&](int) { refresh_duplicate_index(records, standard_object::contact, contact_count * 2); }, 1), floor);
    std::vector<DuplicateCandidate> candidates;
    for (RowIndex row = 0; row < 200; ++row) {
        candidates.push_back(candidate_of(records, {standard_object::contact, row * 499}));
        candidates.back().self = {};
        if (row % 2) candidates.back().email.clear();
    }
    const auto candidate = [&](int i) -> const DuplicateCandidate& { return candidates[static_cast<std::size_t>(i) % candidates.size()]; };
    double slowest = 0, all = 0;
    for (int i = 0; i < 200; ++i) {
        const double time = best_ms([&](int) { sink = static_cast<std::int64_t>(find_duplicates(candidate(i), records, 50).size()); }, 3);
        slowest = std::max(slowest, time);
        all += time;
    }
    report("duplicates: one question, mean of 200", all / 200, floor);
    report("  the slowest of them", slowest, floor);
    report("  a plain scan", best_ms([&](int i) { sink = static_cast<std::int64_t>(find_duplicates_by_scan(candidate(i), records, 50).size()); }, 3), floor);
    set(records, standard_object::contact, 5, contact_field::email, std::string("new@company.example"));
    report("  one question after an edit", best_ms([&](int i) { sink = static_cast<std::int64_t>(find_duplicates(candidate(i), records, 50).size()); }, 1), floor);
    std::printf("kept for duplicates: %.1f MB\n", static_cast<double>(duplicate_index_bytes(records)) / 1e6);
}

// Over all objects of a made-up sales team, as the palette asks: the whole list of keys, then what each of some keys takes.
void report_global_search(double floor) {
    outpost::testing::EditFixture fixture;
    if (!create_sample_data(fixture.editor, {.opportunities = opportunity_count, .seed = 7, .today = 20'780})) return;
    const Records& records = fixture.records;
    std::uint32_t all = 0;
    for (const ObjectIndex object : records.schema().objects()) all += records.has_table(object) ? records.table(object).live_count() : 0;
    std::printf("global search over %u records\n", all);
    outpost::testing::FakeClock clock;
    report("global search: made ready", best_ms([&](int) { while (!prepare_search(records, clock, 1'000'000)) {} }, 1), floor);
    std::vector<double> times;
    std::string slowest;
    for (const char* typed : {"hannah sin", "singh hannah", "nimbus trading", "e", "q", "$", "7", "+49 30 12", "030123", "hanahn singh", "nimbsu tradign", "renewal 2025", "a b c d", "深圳星辰", "müller", "x@", "ing", "opportunity that is nowhere", "王小明"}) {
        const std::string text(typed);
        for (std::size_t end = 1; end <= text.size(); ++end) {
            if (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) continue;
            const std::string key = text.substr(0, end);
            times.push_back(best_ms([&](int) { sink = static_cast<std::int64_t>(search_records(key, records, {.limit = 8}).size()); }, 3));
            if (times.back() >= *std::ranges::max_element(times)) slowest = key;
        }
    }
    std::ranges::sort(times);
    report("  a key, half of them below", times[times.size() / 2], floor);
    report("  a key, nine of ten below", times[times.size() * 9 / 10], floor);
    report(("  the slowest key, \"" + slowest + "\"").c_str(), times.back(), floor);
    std::printf("kept for queries: %.1f MB\n", static_cast<double>(query_cache_bytes(records)) / 1e6);
}

// Ten thousand opportunities of a made-up sales team get one value: tried, done, undone.
void report_mass_edit(double floor) {
    namespace so = standard_object;
    outpost::testing::EditFixture fixture;
    if (!create_sample_data(fixture.editor, {.opportunities = opportunity_count, .seed = 7, .today = 20'780})) return;
    const std::pair<FieldIndex, const char*> edits[] = {{opportunity_field::lead_source, "Partner Referral"}, {opportunity_field::stage, "Qualification"}};
    for (const auto& [field, value] : edits) {
        const std::string name = "mass edit of " + fixture.records.schema().object(so::opportunity).field(field).name;
        std::vector<RowIndex> rows;
        for (RowIndex row = 0; row < 100'000 && rows.size() < 10'000; ++row)
            if (fixture.records.value_text({so::opportunity, row}, field) != value) rows.push_back(row);
        std::size_t changing = 0;
        report((name + ": tried").c_str(), best_ms([&](int) { changing = try_update(fixture.editor, fixture.records, so::opportunity, rows, {{field, Value(std::string(value))}}).changing.size(); }, 5), floor);
        double done = 1e9, undone = 1e9;
        for (int i = 0; i < 5; ++i) {
            done = std::min(done, best_ms([&](int) { sink = fixture.editor.execute(UpdateRecords{so::opportunity, rows, {{field, Value(std::string(value))}}}).has_value(); }, 1));
            undone = std::min(undone, best_ms([&](int) { sink = fixture.run(R"({"command": "Undo"})").has_value(); }, 1));
        }
        report(("  " + std::to_string(changing) + " done").c_str(), done, floor);
        report("  undone", undone, floor);
    }
}

}  // namespace

int main() {
    std::printf("making %u opportunities\n", opportunity_count);
    const Records records = make_big_records();
    QueryContext context;
    context.now = Milliseconds{20'780} * milliseconds_per_day;
    const std::span<const std::int64_t> amounts = records.table(standard_object::opportunity).column(opportunity_field::amount).decimals();
    const double floor = best_ms([&](int) {
        std::int64_t sum = 0;
        for (const std::int64_t amount : amounts) sum += amount;
        sink = sum;
    }, 201);
    report("floor: plain sum over one column", floor, floor);

    const Query grouped = parsed("SELECT StageName, CALENDAR_YEAR(CloseDate), CALENDAR_MONTH(CloseDate), SUM(ExpectedRevenue), COUNT(Id) FROM Opportunity GROUP BY StageName, CALENDAR_YEAR(CloseDate), CALENDAR_MONTH(CloseDate)", records);
    report("group by stage x month, sum and count", best_ms([&](int) { sink = static_cast<std::int64_t>(run_aggregate(grouped, records, context)->size()); }), floor);
    report("  the same to columns", best_ms([&](int) { sink = static_cast<std::int64_t>(run_to_columns(grouped, records, context)->size()); }), floor);
    report("  the same to JSON", best_ms([&](int) { sink = static_cast<std::int64_t>(run_to_json(grouped, records, context)->size()); }), floor);
    const Query by_account = parsed("SELECT Account.Name, SUM(Amount), COUNT(Id) FROM Opportunity GROUP BY Account.Name", records);
    report("group by account name", best_ms([&](int) { sink = static_cast<std::int64_t>(run_aggregate(by_account, records, context)->size()); }), floor);

    std::vector<Query> lists;
    for (int i = 0; i < 20; ++i) {
        lists.push_back(parsed("SELECT Id, Name, Account.Name, Owner.Name, StageName, Amount, CloseDate FROM Opportunity WHERE Owner.Name LIKE '% " + std::to_string(i) +
                               "' AND StageName IN ('Prospecting', 'Qualification', 'Closed Won') AND Amount > " + std::to_string(1000 * (i + 1)) + " ORDER BY CloseDate DESC, Id LIMIT 50", records));
    }
    const auto list = [&](int i) -> const Query& { return lists[static_cast<std::size_t>(i) % lists.size()]; };
    report("filter, sort, first 50 and the total", best_ms([&](int i) { sink = select_rows(list(i), records, context)->total; }), floor);
    report("  the same to columns", best_ms([&](int i) { sink = static_cast<std::int64_t>(run_to_columns(list(i), records, context)->size()); }), floor);
    report("  the same to JSON", best_ms([&](int i) { sink = static_cast<std::int64_t>(run_to_json(list(i), records, context)->size()); }), floor);

    const Query first_search = parsed(search_soql("müller"), records);
    report("search: first, makes signatures", best_ms([&](int) { sink = select_rows(first_search, records, context)->total; }, 1), floor);
    double all_searches = 0;
    const char* terms[] = {"müller", "meridian robotics", "科技", "renewal 2025", "ÉLAN", "zzqx", "深圳星辰", "Packaging GmbH", "#5000", "escalate to legal for zoë", "upgrade", "quartz wines", "nguyễn", "río", "o\\'brien by friday", "k.k.", "hardware refresh 2026 #1"};
    for (const char* term : terms) {
        const Query query = parsed(search_soql(term), records);
        std::uint32_t total = 0;
        const double time = best_ms([&](int) { total = select_rows(query, records, context)->total; }, 11);
        all_searches += time;
        report((std::string("  search \"") + term + "\", " + std::to_string(total) + " found").c_str(), time, floor);
    }
    report("search: mean of all terms", all_searches / std::size(terms), floor);

    const Query by_name = parsed("SELECT Id FROM Opportunity ORDER BY Name", records);
    report("sort all by name: first, makes ranks", best_ms([&](int) { sink = select_rows(by_name, records, context)->rows[0]; }, 1), floor);
    report("sort all by name", best_ms([&](int) { sink = select_rows(by_name, records, context)->rows[0]; }), floor);
    const Query by_date = parsed("SELECT Id FROM Opportunity ORDER BY CloseDate DESC, Amount", records);
    report("sort all by date and amount", best_ms([&](int) { sink = select_rows(by_date, records, context)->rows[0]; }), floor);
    const ForecastQuestion quarter{ForecastPeriodKind::Quarter, forecast_periods(ForecastPeriodKind::Quarter, 20'780, 0, 1, 2), ForecastScope::Everyone, {}};
    report("forecast: one quarter of everyone", best_ms([&](int) { sink = compute_forecast(quarter, records)->total[0].computed[0].amount; }), floor);
    const ForecastSource before = present_opportunities(records);
    report("  and as it was", best_ms([&](int) { sink = compute_forecast(quarter, records, &before)->total[0].computed[0].amount; }), floor);
    std::printf("kept for queries: %.1f MB\n", static_cast<double>(query_cache_bytes(records)) / 1e6);
    report_duplicates(floor);
    report_global_search(floor);
    report_mass_edit(floor);
    return 0;
}
