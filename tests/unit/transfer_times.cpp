// When things are and were, as files say it: dates and times in columns of their own, days that last whole, years of two
// digits, orders that a header names, when a task was completed.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Times : testing::ImportFixture {
    // "14:30 15:30", of the one event that the rows make on 2026-03-05.
    std::string begin_and_end(const std::string& csv) {
        const ImportReport report = import(csv, "Event");
        CHECK(report.skipped_headers == std::vector<std::string>{});
        if (report.created != 1) return report.failures_csv;
        const RowIndex row = records.table(standard_object::event).row_count() - 1;
        const std::string begin = text("Event", row, "StartDateTime"), end = text("Event", row, "EndDateTime");
        return begin.substr(11, 5) + " " + (end.starts_with("2026-03-05") ? "" : end.substr(5, 6)) + end.substr(11, 5) + (begin.starts_with("2026-03-05") ? "" : begin);
    }
    std::string dates(const std::string& csv, ImportSourceOptions options = {}) {
        const auto source = read("Close Date\n" + csv, options);
        std::string all, scratch;
        for (std::uint32_t row = 0; row < source->row_count(); ++row) {
            const auto day = read_date(source->cell(row, 0, scratch), source->columns()[0].date_order.value_or(source->date_order().order));
            all += (row > 0 ? " " : "") + (day ? days_to_text(*day) : "none");
        }
        return all + (source->date_order().is_needed && !source->date_order().is_certain ? "?" : "");
    }
};

}  // namespace

TEST_CASE("times: an event of one date and two times begins and ends by them") {
    Times f;
    CHECK(f.begin_and_end("Subject,Date,Start Time,End Time\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Date,End Time,Start Time\nX,2026-03-05,3:30 PM,2:30 PM\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Meeting Date,Start Time,End Time\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Event Date,Begin Time,End Time\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Date,Start,End\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Date,Start Time,Finish Time\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Start Date,Start Time,End Time\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Meeting Date,From,To\nX,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    CHECK(f.begin_and_end("主题,日期,开始时间,结束时间\n会议,2026-03-05,14:30,15:30\n") == "14:30 15:30");
    // Past midnight, and without an end.
    CHECK(f.begin_and_end("Subject,Date,Start Time,End Time\nX,2026-03-05,23:30,00:45\n") == "23:30 03-06T00:45");
    CHECK(f.begin_and_end("Subject,Date,Start Time,End Time\nX,2026-03-05,14:30,\n") == "14:30 15:30");
    CHECK(f.begin_and_end("Subject,Start Date,Start Time,End Date,End Time\nX,2026-03-05,14:30,2026-03-05,16:00\n") == "14:30 16:00");
    // What is here already moves with its end.
    const std::string id = f.text("Event", 0, "Id");
    CHECK(f.import("Id,Date,Start Time,End Time\n" + id + ",2026-03-06,09:00,09:20\n", "Event").updated == 1);
    CHECK(f.text("Event", 0, "EndDateTime") == "2026-03-06T09:20:00.000Z");
    // Tasks are due at one time.
    CHECK(f.import("Subject,Due Date,Due\nA,2026-03-05,14:30\n", "Task").created == 1);
    CHECK(f.text("Task", 0, "ReminderDateTime") == "2026-03-05T14:30:00.000Z");
    CHECK(f.import("Subject,Due Date,Len\nB,2026-03-05,14:30\n", "Task").skipped_headers == std::vector<std::string>{"Len"});
    CHECK(f.text("Task", 1, "ReminderDateTime") == "");
}

TEST_CASE("times: Outlook ends what lasts all day at the midnight behind it") {
    for (const int offset : {0, -300, 480}) {
        Times f;
        f.clock.offset_minutes = offset;
        const char* head = "Subject,Start Date,Start Time,End Date,End Time,All day event\n";
        CHECK(f.import(std::string(head) + "Xmas,12/24/2026,12:00:00 AM,12/25/2026,12:00:00 AM,True\nTrip,12/28/2026,12:00:00 AM,12/31/2026,12:00:00 AM,True\n"
                                           "Talk,12/24/2026,11:00:00 PM,12/25/2026,12:00:00 AM,False\nOdd,12/24/2026,12:00:00 AM,12/24/2026,12:00:00 AM,True\n", "Event").created == 4);
        CHECK(f.text("Event", 0, "StartDateTime") == "2026-12-24T00:00:00.000Z");
        CHECK(f.text("Event", 0, "EndDateTime") == "2026-12-24T00:00:00.000Z");
        CHECK(f.text("Event", 1, "EndDateTime") == "2026-12-30T00:00:00.000Z");
        if (offset == 0) CHECK(f.text("Event", 2, "EndDateTime") == "2026-12-25T00:00:00.000Z");
        CHECK(f.text("Event", 3, "EndDateTime") == "2026-12-24T00:00:00.000Z");
        // A day alone is the last one.
        CHECK(f.import("Subject,Start Date,End Date,All day event\nXmas,12/24/2026,12/25/2026,True\n", "Event").created == 1);
        CHECK(f.text("Event", 4, "EndDateTime") == "2026-12-25T00:00:00.000Z");
    }
}

TEST_CASE("times: a task with the day of its completion is completed where no column says otherwise") {
    Times f;
    for (const char* header : {"Completed At", "Date Completed", "Completion Date", "Closed At", "Completed"}) {
        const RowIndex row = f.records.table(standard_object::task).row_count();
        const ImportReport report = f.import(std::string("Name,Due Date,") + header + "\nCall Acme,2026-03-05,2026-03-04\nOpen,2026-03-05,\n", "Task", R"({"createMissing": true})");
        INFO(header);
        CHECK(report.created == 2);
        CHECK(report.skipped_headers == std::vector<std::string>{});
        CHECK(report.fields_made == std::vector<std::string>{});
        REQUIRE(report.columns.size() == 3);
        CHECK(report.columns[2].field == "CompletedDateTime");
        CHECK(f.text("Task", row, "Status") == "Completed");
        CHECK(f.text("Task", row, "CompletedDateTime").starts_with("2026-03-04"));
        CHECK(f.text("Task", row + 1, "Status") == "Not Started");
        CHECK(f.text("Task", row + 1, "CompletedDateTime") == "");
    }
    // A status of the file's own stays, and what is here isn't completed by a second import.
    f.import("Name,Status,Completed At\nHeld,In Progress,2026-03-04\n", "Task");
    CHECK(f.text("Task", 10, "Status") == "In Progress");
    const std::string id = f.text("Task", 10, "Id");
    f.import("Id,Completed At\n" + id + ",2026-03-04\n", "Task");
    CHECK(f.text("Task", 10, "Status") == "In Progress");
}

TEST_CASE("times: of years of two digits the part that changes less is the year, and what is only likely is told") {
    Times f;
    CHECK(f.dates("26-03-05\n26-12-25\n25-11-30\n") == "2026-03-05 2026-12-25 2025-11-30?");
    CHECK(f.dates("26/03/05\n26/12/25\n25/11/30\n") == "2026-03-05 2026-12-25 2025-11-30?");
    CHECK(f.dates("26.03.05\n26.12.25\n25.11.30\n") == "2026-03-05 2026-12-25 2025-11-30?");
    // Another date that is one way alone decides.
    CHECK(f.dates("26-03-05\n25-02-30\n") == "2005-03-26 2030-02-25");
    CHECK(f.dates("26-03-05\n31-04-05\n") == "2026-03-05 2031-04-05");
    CHECK(f.dates("99-03-05\n26-03-05\n") == "1999-03-05 2026-03-05");
    // Days first, as ever: few years, many days.
    CHECK(f.dates("15/01/26\n28/02/26\n03/03/26\n") == "2026-01-15 2026-02-28 2026-03-03");
    CHECK(f.dates("15/01/26\n28/02/2026\n") == "2026-01-15 2026-02-28");
    CHECK(f.dates("15.01.26\n") == "2026-01-15");
    // One alone is open: dates beside it with the year in front say more than nothing.
    CHECK(f.dates("26-03-05\n") == "2005-03-26?");
    ImportSourceOptions options;
    options.usual_date_order = DateOrder::YearFirst;
    CHECK(f.dates("26-03-05\n", options) == "2026-03-05?");
    CHECK(f.dates("26-03-05\n2026-03-06\n") == "2026-03-05 2026-03-06?");
    options.date_order = DateOrder::DayFirst;
    CHECK(f.dates("26-03-05\n", options) == "2005-03-26");

    const ImportReport report = f.import("Deal Name,Stage,Close Date\nA,Prospecting,26-03-05\nB,Prospecting,26-12-25\nC,Prospecting,25-11-30\n", "Opportunity");
    CHECK(f.text("Opportunity", 0, "CloseDate") == "2026-03-05");
    REQUIRE_FALSE(report.notes.empty());
    CHECK(report.notes[0].find("“26-03-05”") != std::string::npos);
}

TEST_CASE("times: a header that names the order of its dates decides for its column") {
    Times f;
    const auto order = [&](const std::string& csv) { return f.read(csv)->columns()[0].date_order; };
    CHECK(order("Date of birth (DD/MM/YYYY)\n03/04/1980\n") == DateOrder::DayFirst);
    CHECK(order("Close Date (MM-DD-YY)\n03-04-26\n") == DateOrder::MonthFirst);
    CHECK(order("Datum (TT.MM.JJJJ)\n03/04/1980\n") == DateOrder::DayFirst);
    CHECK(order("Date (yy/mm/dd)\n26/03/05\n") == DateOrder::YearFirst);
    CHECK_FALSE(f.read("Date of birth (DD/MM/YYYY)\n03/04/1980\n")->date_order().is_needed);
    // The dates themselves know better, and other columns go their own way.
    CHECK_FALSE(order("Date (DD/MM/YYYY)\n03/14/2026\n"));
    const auto both = f.read("Start (DD/MM/YYYY),Close\n03/04/2026,03/05/2026\n");
    CHECK(both->date_order().order == DateOrder::MonthFirst);
    CHECK(both->date_order().column == "Close");
    ImportSourceOptions options;
    options.date_order = DateOrder::MonthFirst;
    CHECK_FALSE(f.read("Date (DD/MM/YYYY)\n03/04/2026\n", options)->columns()[0].date_order);
}

TEST_CASE("times: a birthday without its year costs nobody the row") {
    Times f;
    std::string csv = "First Name,Last Name,Birthday\nAnn,Lee,03/05\nBo,Ek,12/31\nCy,Zuk,31/12\nDi,Ox,24.12.\n";
    const ImportReport report = f.import(csv, "Contact");
    CHECK(report.created == 4);
    CHECK(report.notes == std::vector<std::string>{"Birthday: 4 cells hold days without a year; the field was left empty."});
    CHECK(f.text("Contact", 0, "Birthdate") == "");
    for (const char* bad : {"13/32", "0/5", "3/5/", "3.5", "1/2 3", "/5", "30/30", ""}) CHECK_FALSE(is_day_without_year(bad));
}
