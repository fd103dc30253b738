#include "core/transfer/sample_data.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/base/text.h"
#include "core/edit/plan_helpers.h"
#include "core/objects/standard.h"
#include "core/transfer/sample_dice.h"
#include "core/transfer/sample_words.h"

namespace outpost {

namespace {

namespace so = standard_object;
namespace words = sample_words;

// The columns of the records of one object, filled row by row in step.
class Batch {
public:
    explicit Batch(const Object& object) : object_(object) {}
    void text(FieldIndex field, std::string_view value) { column(field).mutable_texts().push_back(value); }
    void code(FieldIndex field, std::uint16_t value) { column(field).mutable_codes().push_back(value); }
    void day(FieldIndex field, Days value) { column(field).mutable_days().push_back(value); }
    void instant(FieldIndex field, Milliseconds value) { column(field).mutable_int64().push_back(value); }
    void row(FieldIndex field, RowIndex value) { column(field).mutable_rows().push_back(value); }
    void ref(FieldIndex field, RecordRef value) { column(field).mutable_refs().push_back(value); }
    void flag(FieldIndex field, bool value) { column(field).mutable_flags().push_back(value); }
    // `value` in whole units, whatever the field's scale.
    void whole(FieldIndex field, std::int64_t value) { column(field).mutable_int64().push_back(value * power_of_ten(object_.field(field).scale)); }
    std::uint16_t code_count(FieldIndex field) const { return static_cast<std::uint16_t>(object_.field(field).values.size()); }
    std::vector<FieldColumn> take() { return std::move(columns_); }

private:
    Column& column(FieldIndex field) {
        for (FieldColumn& one : columns_)
            if (one.field == field) return one.values;
        return columns_.emplace_back(FieldColumn{field, Column(object_.field(field).column_kind())}).values;
    }
    const Object& object_;
    std::vector<FieldColumn> columns_;
};

struct MadeRows {
    ObjectIndex object;
    RowIndex first;
    std::uint32_t count;
};

class Generator {
public:
    Generator(Transaction& transaction, const SampleDataOptions& options)
        : transaction_(transaction), options_(options), dice_(options.seed), accounts_(std::max<std::uint32_t>(5, options.opportunities / 5)),
          contacts_(std::max<std::uint32_t>(8, options.opportunities / 2)) {}

    Result<CommandOutcome> run() {
        OUTPOST_CHECK(make_users());
        OUTPOST_CHECK(make_products());
        OUTPOST_CHECK(make_accounts());
        OUTPOST_CHECK(make_contacts());
        OUTPOST_CHECK(make_leads());
        OUTPOST_CHECK(make_opportunities());
        OUTPOST_CHECK(make_contact_roles());
        OUTPOST_CHECK(make_line_items());
        OUTPOST_CHECK(make_tasks());
        OUTPOST_CHECK(make_events());
        OUTPOST_CHECK(make_quotas());
        OUTPOST_CHECK(remember());
        CommandOutcome outcome;
        for (const MadeRows& rows : made_) outcome.record_count += rows.count;
        return outcome;
    }

private:
    const Object& object(ObjectIndex index) const { return transaction_.records().schema().object(index); }

    Result<RowIndex> make(ObjectIndex index, std::uint32_t count, Batch& batch) {
        OUTPOST_TRY(const RowIndex first, transaction_.create_many(index, count, batch.take()));
        made_.push_back({index, first, count});
        return first;
    }

    std::string_view in_language(const words::Word& word) const { return speaks_chinese() ? word.chinese : word.english; }
    template <std::size_t N>
    std::string_view pick(const words::Word (&list)[N]) { return in_language(dice_.pick(list)); }
    bool speaks_chinese() const { return options_.language == Language::SimplifiedChinese; }
    bool in_china() { return (dice_.below(6) == 0) != speaks_chinese(); }

    struct Name {
        std::string_view first, last;
        std::string address;
        bool is_chinese;
    };
    Name person(bool chinese_likely) {
        if (dice_.below(10) < (chinese_likely ? 9u : 1u)) {
            const words::Person& one = dice_.pick(words::chinese);
            if (!speaks_chinese()) return {one.first, one.last, std::string(one.address), true};
            // Where most are Chinese, surnames and given names are put together anew: "zhang" of one, ".xiuying" of another.
            const words::Person& other = dice_.pick(words::chinese);
            return {other.first, one.last, std::string(one.address.substr(0, one.address.find('.'))) + std::string(other.address.substr(other.address.find('.'))), true};
        }
        const words::Person& first = dice_.pick(words::western_first);
        const words::Person& last = dice_.pick(words::western_last);
        return {first.first, last.last, std::string(first.address) + "." + std::string(last.address), false};
    }

    std::string phone(const words::City& city) { return std::string(city.dial) + " " + std::to_string(1000 + dice_.below(9000)); }

    std::string company(bool is_chinese, const words::City& city) {
        if (is_chinese)
            return std::string(city.city) + std::string(dice_.pick(words::chinese_company_first)) + std::string(dice_.pick(words::chinese_company_second)) + "有限公司";
        return std::string(dice_.pick(words::company_first)) + " " + std::string(dice_.pick(words::company_second)) + " " + std::string(dice_.pick(words::company_form));
    }

    std::uint16_t any_code(const Batch& batch, FieldIndex field) { return static_cast<std::uint16_t>(1 + dice_.below(batch.code_count(field))); }

    RowIndex rep() { return first_rep_ + dice_.below(static_cast<std::uint32_t>(std::size(words::reps))); }

    Status make_users() {
        using namespace user_field;
        Batch batch(object(so::user));
        const RowIndex first = transaction_.records().table(so::user).row_count();
        for (const words::Rep& one : words::reps) {
            batch.row(manager, one.leader >= 0 ? first + static_cast<RowIndex>(one.leader) : transaction_.context().user ? transaction_.context().user.row : no_row);
            batch.text(first_name, in_language(one.first));
            batch.text(last_name, in_language(one.last));
            batch.text(email, std::string(in_language({one.email, one.chinese_email})) + "@outpost.example");
            batch.text(title, in_language(words::seller_title));
            batch.text(region, in_language(one.region));
            batch.flag(is_active, true);
        }
        OUTPOST_TRY(first_rep_, make(so::user, static_cast<std::uint32_t>(std::size(words::reps)), batch));
        return {};
    }

    Status make_products() {
        using namespace product_field;
        Batch batch(object(so::product));
        for (const words::Product& one : words::products) {
            batch.text(system_field::name, in_language(one.name));
            batch.text(product_code, one.code);
            batch.text(family, in_language(one.family));
            batch.flag(is_active, true);
            batch.whole(unit_price, one.price);
        }
        OUTPOST_TRY(first_product_, make(so::product, static_cast<std::uint32_t>(std::size(words::products)), batch));
        return {};
    }

    Status make_accounts() {
        using namespace account_field;
        Batch batch(object(so::account));
        for (std::uint32_t i = 0; i < accounts_; ++i) {
            const bool is_chinese = in_china();
            const words::City& city = is_chinese ? dice_.pick(words::chinese_cities) : dice_.pick(words::cities);
            account_names_.push_back(company(is_chinese, city));
            // Few words make the Chinese ones: not the same twice.
            for (int again = 0; again < 50 && speaks_chinese() && accounts_ <= 400 && std::ranges::count(account_names_, account_names_.back()) > 1; ++again) account_names_.back() = company(is_chinese, city);
            account_cities_.push_back(&city);
            account_is_chinese_.push_back(is_chinese);
            account_owners_.push_back(rep());
            batch.text(system_field::name, account_names_.back());
            batch.row(system_field::owner, account_owners_.back());
            batch.code(type, any_code(batch, type));
            batch.code(industry, any_code(batch, industry));
            const std::int64_t employees = 5 + static_cast<std::int64_t>(dice_.below(200)) * dice_.below(60);
            batch.whole(number_of_employees, employees);
            batch.whole(annual_revenue, employees * (60'000 + dice_.below(140'000)));
            batch.text(account_field::phone, phone(city));
            batch.text(website, "https://www.example" + std::to_string(i + 1) + ".com");
            batch.code(rating, any_code(batch, rating));
            batch.text(billing_street, is_chinese ? "人民路" + std::to_string(1 + dice_.below(300)) + "号" : std::to_string(1 + dice_.below(300)) + " Market Street");
            batch.text(billing_city, city.city);
            batch.text(billing_state, city.state);
            batch.text(billing_postal_code, city.postal_code);
            batch.text(billing_country, city.country);
        }
        OUTPOST_TRY(first_account_, make(so::account, accounts_, batch));
        return make_hierarchy();
    }

    // Some of the first accounts belong to others, a few of those to a third: enough to look at.
    Status make_hierarchy() {
        constexpr std::uint32_t among = 200;
        for (std::uint32_t i = 3; i < std::min(accounts_, among); i += 4) {
            const std::uint32_t parent = i % 8 == 7 ? i - 4 : i - 1;
            OUTPOST_CHECK(transaction_.update(so::account, {first_account_ + i}, {{account_field::parent, RecordRef{so::account, first_account_ + parent}}}));
        }
        return {};
    }

    Status make_contacts() {
        using namespace contact_field;
        Batch batch(object(so::contact));
        for (std::uint32_t i = 0; i < contacts_; ++i) {
            const std::uint32_t of = i < accounts_ ? i : dice_.below(accounts_);  // every account has one
            const Name name = person(account_is_chinese_[of]);
            const words::City& city = *account_cities_[of];
            contact_accounts_.push_back(of);
            batch.text(first_name, name.first);
            batch.text(last_name, name.last);
            batch.row(account, first_account_ + of);
            batch.row(system_field::owner, account_owners_[of]);
            batch.text(title, pick(words::job_titles));
            batch.text(email, name.address + std::to_string(i + 1) + "@example" + std::to_string(of + 1) + ".com");
            batch.text(contact_field::phone, phone(city));
            batch.text(mobile_phone, dice_.below(2) ? phone(city) : std::string());
            batch.text(mailing_city, city.city);
            batch.text(mailing_country, city.country);
            batch.code(lead_source, any_code(batch, lead_source));
        }
        OUTPOST_TRY(first_contact_, make(so::contact, contacts_, batch));
        return {};
    }

    Status make_leads() {
        using namespace lead_field;
        const Object& lead = object(so::lead);
        std::vector<std::uint16_t> open;
        for (std::uint16_t i = 0; i < lead.field(status).values.size(); ++i)
            if (!lead.field(status).values[i].converted) open.push_back(static_cast<std::uint16_t>(i + 1));
        const std::uint32_t count = std::max<std::uint32_t>(6, options_.opportunities / 2);
        Batch batch(lead);
        for (std::uint32_t i = 0; i < count; ++i) {
            const bool is_chinese = in_china();
            const words::City& city = is_chinese ? dice_.pick(words::chinese_cities) : dice_.pick(words::cities);
            const Name name = person(is_chinese);
            batch.text(first_name, name.first);
            batch.text(last_name, name.last);
            batch.text(lead_field::company, company(is_chinese, city));
            batch.text(title, pick(words::job_titles));
            batch.text(email, name.address + "@lead" + std::to_string(i + 1) + ".example");
            batch.text(lead_field::phone, phone(city));
            batch.ref(system_field::owner, {so::user, rep()});
            batch.code(status, open[dice_.below(static_cast<std::uint32_t>(open.size()))]);
            batch.code(lead_source, any_code(batch, lead_source));
            batch.code(rating, any_code(batch, rating));
            batch.code(industry, any_code(batch, industry));
            batch.text(lead_field::city, city.city);
            batch.text(country, city.country);
        }
        OUTPOST_CHECK(make(so::lead, count, batch));
        return {};
    }

    Status make_opportunities() {
        using namespace opportunity_field;
        const Object& opportunity = object(so::opportunity);
        std::vector<std::uint16_t> open, won, lost;
        const std::vector<PicklistValue>& stages = opportunity.field(stage).values;
        for (std::uint16_t i = 0; i < stages.size(); ++i) (stages[i].won ? won : stages[i].closed ? lost : open).push_back(static_cast<std::uint16_t>(i + 1));
        Batch batch(opportunity);
        std::string name;
        RowIndex owner = 0;
        for (std::uint32_t i = 0; i < options_.opportunities; ++i) {
            const std::uint32_t of_contact = dice_.below(contacts_);
            const std::uint32_t of = contact_accounts_[of_contact];
            const std::uint32_t of_product = dice_.below(static_cast<std::uint32_t>(std::size(words::products)));
            const std::uint32_t fate = dice_.below(100);
            const bool is_open = fate < 45 && !open.empty();
            const bool is_won = !is_open && (fate < 80 || lost.empty());
            const std::vector<std::uint16_t>& choices = is_open ? open : is_won ? won : lost;
            const Days close = is_open ? options_.today + dice_.between(-14, 150) : options_.today - dice_.between(1, 540);
            name = account_names_[of];
            name += " \xE2\x80\x93 ";
            name += pick(words::purposes);
            batch.text(system_field::name, name);
            batch.row(account, first_account_ + of);
            batch.row(contact, first_contact_ + of_contact);
            batch.row(product, first_product_ + of_product);
            owner = dice_.below(4) ? account_owners_[of] : rep();
            batch.row(system_field::owner, owner);
            // Early stages hold more than late ones.
            const std::uint32_t stages_count = static_cast<std::uint32_t>(choices.size());
            batch.code(stage, choices[std::min(dice_.below(stages_count), dice_.below(stages_count))]);
            const std::int64_t seats = 1 + static_cast<std::int64_t>(dice_.below(12)) * dice_.below(4);
            batch.whole(amount, words::products[of_product].price * seats);
            if (is_won) won_[owner - first_rep_] += words::products[of_product].price * seats;
            batch.day(close_date, close);
            batch.day(created_on, close - dice_.between(20, 160));
            batch.code(type, any_code(batch, type));
            batch.code(lead_source, any_code(batch, lead_source));
            batch.text(next_step, is_open ? pick(words::next_steps) : std::string_view());
            batch.code(lost_reason, is_open || is_won ? std::uint16_t{0} : any_code(batch, lost_reason));
            opportunity_contacts_.push_back(of_contact);
            opportunity_products_.push_back(of_product);
            opportunity_seats_.push_back(static_cast<std::uint32_t>(seats));
        }
        OUTPOST_TRY(first_opportunity_, make(so::opportunity, options_.opportunities, batch));
        return {};
    }

    Status make_contact_roles() {
        using namespace opportunity_contact_role_field;
        Batch batch(object(so::opportunity_contact_role));
        for (std::uint32_t i = 0; i < options_.opportunities; ++i) {
            batch.row(opportunity, first_opportunity_ + i);
            batch.row(contact, first_contact_ + opportunity_contacts_[i]);
            batch.code(role, any_code(batch, role));
            batch.flag(is_primary, true);
        }
        if (options_.opportunities == 0) return {};
        OUTPOST_CHECK(make(so::opportunity_contact_role, options_.opportunities, batch));
        return {};
    }

    // Three of five opportunities say what is sold: the product that they are about, and up to two more. Dice of their
    // own, so that all else is as it is without them.
    Status make_line_items() {
        using namespace line_item_field;
        constexpr auto product_count = static_cast<std::uint32_t>(std::size(words::products));
        constexpr std::int64_t discounts[] = {0, 0, 0, 5, 10, 15};
        Dice dice(options_.seed + 0x9D5Cull);
        Batch batch(object(so::opportunity_line_item));
        std::uint32_t count = 0;
        for (std::uint32_t i = 0; i < options_.opportunities; ++i) {
            if (dice.below(5) >= 3) continue;
            const std::uint32_t more = std::min(dice.below(3), dice.below(3));
            for (std::uint32_t n = 0; n <= std::min(more, product_count - 1); ++n, ++count) {
                batch.row(opportunity, first_opportunity_ + i);
                batch.row(line_item_field::product, first_product_ + (opportunity_products_[i] + n) % product_count);
                batch.whole(quantity, n == 0 ? opportunity_seats_[i] : 1 + dice.below(5));
                batch.whole(discount, dice.pick(discounts));
            }
        }
        if (count == 0) return {};
        OUTPOST_CHECK(make(so::opportunity_line_item, count, batch));
        return {};
    }

    Status make_tasks() {
        using namespace task_field;
        const Object& task = object(so::task);
        std::vector<std::uint16_t> open, closed;
        for (std::uint16_t i = 0; i < task.field(status).values.size(); ++i)
            (task.field(status).values[i].closed ? closed : open).push_back(static_cast<std::uint16_t>(i + 1));
        const std::uint32_t count = options_.opportunities * 6 / 10;
        constexpr Milliseconds hour = 3'600'000;
        if (count == 0 || open.empty() || closed.empty()) return {};
        Batch batch(task);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t of = dice_.below(options_.opportunities);
            // Half of them about now, so that a day has its work.
            const Days due = options_.today + (dice_.below(2) == 0 ? dice_.between(-4, 5) : dice_.between(-45, 21));
            const bool done = due < options_.today && dice_.below(8) != 0;
            batch.text(subject, pick(words::task_subjects));
            batch.ref(who, {so::contact, first_contact_ + opportunity_contacts_[of]});
            batch.ref(what, {so::opportunity, first_opportunity_ + of});
            batch.row(system_field::owner, i % 3 == 0 && transaction_.context().user ? transaction_.context().user.row : rep());
            batch.day(activity_date, due);
            const std::vector<std::uint16_t>& choices = done ? closed : open;
            batch.code(status, choices[dice_.below(static_cast<std::uint32_t>(choices.size()))]);
            batch.instant(completed_date, done ? due * milliseconds_per_day + dice_.between(8, 17) * hour : null_instant);
            batch.code(priority, any_code(batch, priority));
        }
        OUTPOST_CHECK(make(so::task, count, batch));
        return {};
    }

    Status make_events() {
        using namespace event_field;
        const std::uint32_t count = options_.opportunities * 15 / 100;
        if (count == 0) return {};
        constexpr Milliseconds hour = 3'600'000;
        Batch batch(object(so::event));
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t of = dice_.below(options_.opportunities);
            const Milliseconds day = (options_.today + dice_.between(-30, 30)) * milliseconds_per_day, drawn = dice_.between(8, 17) * hour;
            const words::Word& about = dice_.pick(words::event_subjects);
            const Milliseconds begin = day + (about.english == "Lunch" ? 12 * hour : drawn) - options_.utc_offset_minutes * (hour / 60);
            batch.text(subject, in_language(about));
            batch.ref(who, {so::contact, first_contact_ + opportunity_contacts_[of]});
            batch.ref(what, {so::opportunity, first_opportunity_ + of});
            batch.row(system_field::owner, rep());
            batch.instant(start, begin);
            batch.instant(end, begin + (1 + dice_.below(2)) * hour);
            batch.text(location, account_cities_[contact_accounts_[opportunity_contacts_[of]]]->city);
        }
        OUTPOST_CHECK(make(so::event, count, batch));
        return {};
    }

    // A tenth more a month than was won in the last 18; a leader's stands for the team.
    Status make_quotas() {
        using namespace forecasting_quota_field;
        constexpr std::int64_t step = 500;
        std::int64_t quotas[std::size(words::reps)] = {};
        for (std::size_t i = 0; i < std::size(words::reps); ++i) {
            const std::int64_t own = std::max<std::int64_t>(2 * step, (won_[i] * 11 / 180 + step - 1) / step * step);
            quotas[i] += own;
            if (words::reps[i].leader >= 0) quotas[words::reps[i].leader] += own;
        }
        const CivilDate today = to_civil(options_.today);
        Batch batch(object(so::forecasting_quota));
        std::uint32_t count = 0;
        for (int month = -5; month <= 8; ++month)  // the last fiscal quarter, this one and the next two, wherever years begin
            for (std::size_t i = 0; i < std::size(words::reps); ++i, ++count) {
                batch.row(forecasting_quota_field::owner, first_rep_ + static_cast<RowIndex>(i));
                batch.day(start_date, add_months(to_days({today.year, today.month, 1}), month));
                batch.code(period_type, 1);
                batch.whole(amount, quotas[i]);
            }
        OUTPOST_CHECK(make(so::forecasting_quota, count, batch));
        return {};
    }

    // Which rows are sample data: "5:0+400 3:0+80", behind what an earlier run made.
    Status remember() {
        const Table& organizations = transaction_.records().table(so::organization);
        for (RowIndex row = 0; row < organizations.row_count(); ++row) {
            if (!organizations.is_live(row)) continue;
            std::string list(organizations.column(organization_field::sample_data).text(row));
            for (const MadeRows& rows : made_) {
                if (!list.empty()) list += ' ';
                list += std::to_string(number(rows.object)) + ":" + std::to_string(rows.first) + "+" + std::to_string(rows.count);
            }
            return transaction_.update(so::organization, {row}, {{organization_field::sample_data, list}});
        }
        return {};
    }

    Transaction& transaction_;
    const SampleDataOptions& options_;
    Dice dice_;
    std::uint32_t accounts_, contacts_;
    RowIndex first_rep_ = 0, first_product_ = 0, first_account_ = 0, first_contact_ = 0, first_opportunity_ = 0;
    std::vector<std::string> account_names_;
    std::vector<const words::City*> account_cities_;
    std::vector<bool> account_is_chinese_;
    std::vector<RowIndex> account_owners_;
    std::vector<std::uint32_t> contact_accounts_, opportunity_contacts_, opportunity_products_, opportunity_seats_;
    std::int64_t won_[std::size(words::reps)] = {};  // whole units
    std::vector<MadeRows> made_;
};

RowIndex organization_row(const Records& records) {
    const Table& organizations = records.table(so::organization);
    for (RowIndex row = 0; row < organizations.row_count(); ++row)
        if (organizations.is_live(row)) return row;
    return no_row;
}

std::vector<MadeRows> read_made(const Records& records) {
    std::vector<MadeRows> made;
    const RowIndex row = organization_row(records);
    if (row == no_row) return made;
    for (const std::string_view part : split(records.table(so::organization).column(organization_field::sample_data).text(row), ' ')) {
        const char* at = part.data();
        const char* const end = at + part.size();
        std::uint16_t object = 0;
        MadeRows rows{no_object, 0, 0};
        const auto take = [&](auto& value, char separator) {
            const auto result = std::from_chars(at, end, value);
            at = result.ptr;
            if (result.ec != std::errc()) return false;
            if (separator == '\0') return at == end;
            return at != end && *at++ == separator;
        };
        if (!take(object, ':') || !take(rows.first, '+') || !take(rows.count, '\0')) continue;
        rows.object = ObjectIndex{object};
        if (records.has_table(rows.object)) made.push_back(rows);
    }
    return made;
}

}  // namespace

Result<CommandOutcome> create_sample_data(Editor& editor, const SampleDataOptions& options) {
    return editor.run("edit.sample_data", {}, EditOrigin::SampleData, [&](Transaction& transaction) { return Generator(transaction, options).run(); });
}

bool has_sample_data(const Records& records) { return !read_made(records).empty(); }

Result<CommandOutcome> remove_sample_data(Editor& editor) {
    return editor.run("edit.remove_sample_data", {}, EditOrigin::SampleData, [](Transaction& transaction) -> Result<CommandOutcome> {
        CommandOutcome outcome;
        const std::vector<MadeRows> made = read_made(transaction.records());
        // What points to others goes before them; details go with their masters, so that these bring them back.
        for (const bool details : {false, true}) {
            for (auto rows = made.rbegin(); rows != made.rend(); ++rows) {
                const Table& table = transaction.records().table(rows->object);
                std::vector<RowIndex> live;
                for (RowIndex row = rows->first; row < table.row_count() && row - rows->first < rows->count; ++row) {
                    const bool is_self = transaction.context().user == RecordRef{rows->object, row};
                    if (table.is_live(row) && !is_self) live.push_back(row);
                }
                if (!details) outcome.record_count += live.size();
                if (live.empty() || details != has_master(transaction.records().schema().object(rows->object))) continue;
                OUTPOST_CHECK(transaction.set_state(rows->object, std::move(live), RowState::Deleted));
            }
        }
        if (const RowIndex row = organization_row(transaction.records()); row != no_row && !made.empty())
            OUTPOST_CHECK(transaction.update(so::organization, {row}, {{organization_field::sample_data, Value()}}));
        return outcome;
    });
}

}  // namespace outpost
