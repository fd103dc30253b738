// Routing over random rules, groups and leads against a naive reading of what it is to do: entries one by one, conditions
// looked at value by value, turns counted by hand. Undo and redo lead back and forth.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/conversion/routing.h"
#include "core/objects/standard.h"
#include "tests/support/fake_ports.h"
#include "tests/support/same_records.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

namespace so = standard_object;

struct Simple {
    std::string city;            // "" any
    std::int64_t employees = -1;  // at least; -1 any
};
struct NaiveGroup { RecordRef record; std::vector<std::size_t> users; std::vector<bool> working; std::size_t last = 9999; };
struct NaiveEntry { std::int64_t order; bool active; Simple criteria; int user = -1, queue = -1, group = -1; };

class Trial {
public:
    explicit Trial(std::uint64_t seed) : random_(seed) {
        for (int i = 0; i < 4; ++i) users_.push_back(make(so::user, {{user_field::last_name, "U" + std::to_string(i)}}));
        for (int i = 0; i < 2; ++i) queues_.push_back(make(so::group, {{system_field::name, "Q" + std::to_string(i)}, {group_field::type, std::string("Queue")}}));
        for (int i = 0; i < 2; ++i) {
            NaiveGroup group{make(so::group, {{system_field::name, "G" + std::to_string(i)}, {group_field::type, std::string("Regular")}}), {}, {}};
            for (std::size_t user = 0; user < users_.size(); ++user) {
                if (random_.below(3) == 0) continue;
                const bool working = random_.below(3) != 0;
                make(so::group_member, {{group_member_field::group, group.record}, {group_member_field::member, users_[user]}, {group_member_field::is_working, working}});
                group.users.push_back(user);
                group.working.push_back(working);
            }
            groups_.push_back(std::move(group));
        }
        for (std::uint64_t i = 1 + random_.below(6); i > 0; --i) make_entry();
        std::ranges::stable_sort(entries_, {}, &NaiveEntry::order);
        for (std::uint64_t i = 1 + random_.below(40); i > 0; --i) make_lead();
    }

    void run() {
        for (int round = 0; round < 3; ++round) {
            std::vector<RowIndex> rows;
            for (RowIndex row = 0; row < leads_.size(); ++row)
                if (random_.below(4)) rows.push_back(row);
            const std::string before = owners();
            const std::vector<RecordRef> wanted = naive(rows);
            const auto outcome = t.workspace.execute(RouteLeads{rows});
            REQUIRE(outcome.has_value());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const Value owner = t.workspace.records().value({so::lead, rows[i]}, system_field::owner);
                CHECK(std::get<RecordRef>(owner) == (wanted[i] ? wanted[i] : t.workspace.current_user()));
            }
            if (outcome->sequence == 0) continue;
            const std::string after = owners();
            REQUIRE(t.workspace.undo().has_value());
            CHECK(owners() == before);
            REQUIRE(t.workspace.redo().has_value());
            CHECK(owners() == after);
        }
    }

private:
    RecordRef make(ObjectIndex object, std::vector<FieldValue> fields) {
        const auto outcome = t.workspace.execute(CreateRecord{object, std::move(fields)});
        REQUIRE(outcome.has_value());
        return outcome->created[0];
    }
    void make_entry() {
        NaiveEntry entry{static_cast<std::int64_t>(random_.below(5)), random_.below(5) != 0, {}};
        std::string criteria;
        if (random_.below(2)) criteria = "City = '" + (entry.criteria.city = std::string(1, static_cast<char>('A' + random_.below(3)))) + "'";
        if (random_.below(2)) {
            entry.criteria.employees = static_cast<std::int64_t>(random_.below(10));
            criteria += (criteria.empty() ? "" : " AND ") + std::string("NumberOfEmployees >= ") + std::to_string(entry.criteria.employees);
        }
        RecordRef assignee;
        switch (random_.below(3)) {
            case 0: assignee = users_[static_cast<std::size_t>(entry.user = static_cast<int>(random_.below(users_.size())))]; break;
            case 1: assignee = queues_[static_cast<std::size_t>(entry.queue = static_cast<int>(random_.below(queues_.size())))]; break;
            default: assignee = groups_[static_cast<std::size_t>(entry.group = static_cast<int>(random_.below(groups_.size())))].record;
        }
        using namespace assignment_rule_entry_field;
        make(so::assignment_rule_entry, {{system_field::name, std::string("E")}, {sort_order, Decimal{entry.order, 0}}, {is_active, entry.active},
                                         {assignment_rule_entry_field::criteria, criteria}, {assigned_to, assignee}});
        entries_.push_back(entry);
    }
    void make_lead() {
        Simple lead{random_.below(4) ? std::string(1, static_cast<char>('A' + random_.below(3))) : "", random_.below(4) ? static_cast<std::int64_t>(random_.below(12)) : -1};
        std::vector<FieldValue> fields{{lead_field::last_name, std::string("L")}, {lead_field::company, std::string("C")}, {lead_field::city, lead.city}};
        if (lead.employees >= 0) fields.push_back({lead_field::number_of_employees, Decimal{lead.employees, 0}});
        make(so::lead, std::move(fields));
        leads_.push_back(lead);
        owners_.push_back({});
    }

    // Whom the lead goes to; none: it stays.
    RecordRef naive_one(const Simple& lead) {
        for (const NaiveEntry& entry : entries_) {
            if (!entry.active) continue;
            if (!entry.criteria.city.empty() && entry.criteria.city != lead.city) continue;
            if (entry.criteria.employees >= 0 && lead.employees < entry.criteria.employees) continue;
            if (entry.user >= 0) return users_[static_cast<std::size_t>(entry.user)];
            if (entry.queue >= 0) return queues_[static_cast<std::size_t>(entry.queue)];
            NaiveGroup& group = groups_[static_cast<std::size_t>(entry.group)];
            for (std::size_t step = 1; step <= group.users.size(); ++step) {
                const std::size_t at = group.last == 9999 ? step - 1 : (group.last + step) % group.users.size();
                if (!group.working[at]) continue;
                group.last = at;
                return users_[group.users[at]];
            }
        }
        return {};
    }
    std::vector<RecordRef> naive(const std::vector<RowIndex>& rows) {
        std::vector<RecordRef> wanted;
        for (const RowIndex row : rows) {
            const RecordRef to = naive_one(leads_[row]);
            if (to) owners_[row] = to;
            wanted.push_back(owners_[row]);
        }
        return wanted;
    }
    std::string owners() const {
        std::string all;
        for (RowIndex row = 0; row < leads_.size(); ++row) all += t.workspace.records().value_text({so::lead, row}, system_field::owner) + " ";
        for (const NaiveGroup& group : groups_) all += t.workspace.records().value_text(group.record, group_field::last_assigned) + " ";
        return all;
    }

    TestWorkspace t;
    FakeRandom random_;
    std::vector<RecordRef> users_, queues_;
    std::vector<NaiveGroup> groups_;
    std::vector<NaiveEntry> entries_;
    std::vector<Simple> leads_;
    std::vector<RecordRef> owners_;
};

}  // namespace

TEST_CASE("routing property: as a naive reading of the rule") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Trial(seed).run();
    }
}

TEST_CASE("routing property: turns are fair, however the leads come") {
    TestWorkspace t;
    const auto make = [&](ObjectIndex object, std::vector<FieldValue> fields) { return t.workspace.execute(CreateRecord{object, std::move(fields)})->created[0]; };
    const RecordRef group = make(so::group, {{system_field::name, std::string("G")}, {group_field::type, std::string("Regular")}});
    for (int i = 0; i < 7; ++i)
        make(so::group_member, {{group_member_field::group, group}, {group_member_field::member, make(so::user, {{user_field::last_name, "U" + std::to_string(i)}})}});
    using namespace assignment_rule_entry_field;
    make(so::assignment_rule_entry, {{system_field::name, std::string("E")}, {sort_order, Decimal{1, 0}}, {assigned_to, group}});
    FakeRandom random(9);
    RowIndex next = 0;
    while (next < 1000) {
        RouteLeads command;
        for (std::uint64_t i = 1 + random.below(30); i > 0; --i, ++next) {
            make(so::lead, {{lead_field::last_name, std::string("L")}, {lead_field::company, std::string("C")}});
            command.rows.push_back(next);
        }
        REQUIRE(t.workspace.execute(command).has_value());
    }
    std::map<RowIndex, int> counts;
    for (const RecordRef owner : t.workspace.records().table(so::lead).column(system_field::owner).refs()) ++counts[owner.row];
    CHECK(counts.size() == 7);
    const auto [least, most] = std::ranges::minmax_element(counts, {}, [](const auto& count) { return count.second; });
    CHECK(most->second - least->second <= 1);
}

TEST_CASE("routing property: a lead is taken by whom the members lead to, over any groups, and by nobody else") {
    int taken = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        TestWorkspace t;
        FakeRandom random(seed);
        const auto make = [&](ObjectIndex object, std::vector<FieldValue> fields) { return t.workspace.execute(CreateRecord{object, std::move(fields)})->created[0]; };
        std::vector<RecordRef> groups;
        for (int i = 0; i < 5; ++i) groups.push_back(make(so::group, {{system_field::name, "G" + std::to_string(i)}, {group_field::type, std::string(i < 2 ? "Queue" : "Regular")}}));
        const RecordRef other = make(so::user, {{user_field::last_name, std::string("Other")}});
        // leads_to[a][b]: b is a member of a; the last one is oneself.
        bool leads_to[6][6] = {}, is_there[5][7] = {};
        for (std::uint64_t i = 2 + random.below(9); i > 0; --i) {
            const std::size_t of = random.below(5), who = random.below(7);
            if (of == who || std::exchange(is_there[of][who], true)) continue;   // refused
            make(so::group_member, {{group_member_field::group, groups[of]}, {group_member_field::member, who == 6 ? other : who == 5 ? t.workspace.current_user() : groups[who]}});
            if (who < 6) leads_to[of][who] = true;
        }
        for (std::size_t over = 0; over < 5; ++over)
            for (auto& from : leads_to)
                for (std::size_t to = 0; to < 6; ++to) from[to] = from[to] || (from[over] && leads_to[over][to]);
        for (std::size_t queue = 0; queue < 2; ++queue) {
            const RecordRef lead = make(so::lead, {{lead_field::last_name, std::string("L")}, {lead_field::company, std::string("C")}, {system_field::owner, groups[queue]}});
            const bool may = t.workspace.execute(TakeLeads{{lead.row}}).has_value();
            CHECK(may == leads_to[queue][5]);
            CHECK(std::get<RecordRef>(t.workspace.records().value(lead, system_field::owner)) == (may ? t.workspace.current_user() : groups[queue]));
            ++(may ? taken : refused);
        }
    }
    CHECK(taken > 20);
    CHECK(refused > 20);
}
