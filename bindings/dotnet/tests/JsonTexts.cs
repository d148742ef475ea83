using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>
    /// What RFC 8259 allows, and what it does not. The texts are those of the public suite for parsers of JSON, whose names begin with
    /// <c>y_</c>, <c>n_</c> and <c>i_</c>.
    /// </summary>
    [TestFixture]
    public class JsonTexts
    {
        private static readonly string[] Right =
        {
            "[[]   ]", "[\"\"]", "[]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]", "[1,null,null,null,2]", "[2] ",
            "[123e65]", "[0e+1]", "[0e1]", "[ 4]", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]\n",
            "[20e1]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]", "[1e+2]", "[123]", "[123.456789]",
            "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{}", "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
            "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}", "{\"a\":[]}",
            "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430 \\u0417\\u0435\\u043c\\u043b\\u0435\\u043a\\u043e\\u043f\\u0430\" }", "{\n\"a\": \"b\"\n}",
            "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]",
            "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]", "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"asd\"]", "[ \"asd\"]", "[\"\\uDBFF\\uDFFF\"]", "[\"new\\u00A0line\"]",
            "[\"\U0010ffff\"]", "[\"\uffff\"]", "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]", "[\"\U0001bfff\"]", "[\"asd \"]", "\" \"", "[\"\\uD834\\uDd1e\"]", "[\"\\u0821\"]",
            "[\"\\u0123\"]", "[\"\u2028\"]", "[\"\u2029\"]", "[\"\\u0061\\u30af\\u30EA\\u30b9\"]", "[\"new\\u000Aline\"]", "[\"\u007f\"]", "[\"\\uA66D\"]", "[\"\\u005C\"]",
            "[\"⍂㈴⍂\"]", "[\"\\uDBFF\\uDFFE\"]", "[\"\\uD83F\\uDFFE\"]", "[\"\\u200B\"]", "[\"\\u2064\"]", "[\"\\uFDD0\"]", "[\"\\uFFFE\"]", "[\"\\u0022\"]",
            "[\"€𝄞\"]", "[\"aa\"]", "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n", "[true]", " [] ", " \t\n\r[]",
            "{\"__type\":\"x\"}", "{\"a\":1,\"A\":2,\"\\u0061b\":3}",
        };

        private static readonly string[] Wrong =
        {
            "[1 true]", "[a\u00e5]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]",
            "[\"a\",\n4\n,1,", "[1,]", "[1,,]", "[\"\u000ba\"\\f]", "[*]", "[\"\"", "[1,", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "123\0", "[++1234]", "[+1]", "[+Inf]",
            "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]",
            "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[\uff11]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]",
            "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
            "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{\ud83c\udde8\ud83c\udded}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}",
            "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//",
            "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }", "{\"a\":\"b\"}#", " ", "[\"\\uD800\\\"]",
            "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[\u00e9]", "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\\ud83c\udf00\"]", "[\"\\\"]", "[\"\\u00A\"]",
            "[\"\\uD834\\uDd\"]", "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"a\0a\"]", "[\"new\nline\"]",
            "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "a\u00e5", "[True]", "1]", "{\"x\": true,", "[][", "]", "", "[", "{", "{]", "[}", "{,",
            "{[", "{\"a", "{'a'", "[\"a", "[\"a\"", "[{", "2@", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "{'a", "[\"\\{[\"\\{[\"\\{[\"\\{",
            "\u00e9", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]", "[1", "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "\u00e5", "[\u2060]", "\ufeff", "[\u000c]", "\u2060{}",
            "[1 2]", "[01]", "{\"a\":1}}", "{\"userId\":\"k1\",\"title\":\"ONE\"}{\"userId\":\"k2\",\"lastName\":\"TWO\"}", "{\"userId\":\"k1\",\"title\":12", "\ufeff{}", "nothing",
            "{'a':1}", "[1\u00a0]", "[\u0661]", "tru", "nulll", "\u000b1", "-", "1e", "[\"\ud800\\q\"]",
        };

        /// <summary>JSON, but with what the connector does not take.</summary>
        private static readonly string[] Refused =
        {
            "{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":\"b\",\"a\":\"b\"}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":{\"b\":1,\"b\":2}}]",
            "[\"\\uDADA\"]", "[\"\\uD888\\u1234\"]", "[\"\\uD800\\n\"]", "[\"\\uDd1ea\"]", "[\"\\uD800\\uD800\\n\"]", "[\"\\ud800\"]", "[\"\\ud800abc\"]", "[\"\\uDd1e\\uD834\"]",
            "[\"\\uDFAA\"]", "{\"\\uDFAA\":0}", "[123.456e789]", "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]",
            "[-1e+9999]", "[1.5e+9999]", "[-123123e100000]",
        };

        [Test]
        public void What_the_standard_allows_is_read()
        {
            foreach (var text in Right)
            {
                Assert.DoesNotThrow(() => Json.Parse(text), text);
                Assert.DoesNotThrow(() => Json.Parse(Json.Bytes(text)), text);
                Assert.AreEqual(Json.Parse(text), Json.Parse(Json.Write(Json.Parse(text))), text);
            }
        }

        [Test]
        public void What_the_standard_does_not_allow_is_refused_with_its_place()
        {
            foreach (var text in Wrong)
            {
                var error = Assert.Throws<FormatException>(() => Json.Parse(text), text);
                StringAssert.IsMatch("^line [0-9]+, column [0-9]+: ", error.Message, text);
            }
        }

        [Test]
        public void What_would_be_taken_for_something_else_is_refused()
        {
            foreach (var text in Refused.Concat(new[] { 128, 500, 100000 }.Select(depth => new string('[', depth) + new string(']', depth))))
            {
                Assert.Throws<RefusedJsonException>(() => Json.Parse(text), text.Substring(0, Math.Min(60, text.Length)));
            }
            Assert.Throws<RefusedJsonException>(() => Json.Parse(string.Concat(Enumerable.Repeat("[{\"\":", 50000))));
            Assert.DoesNotThrow(() => Json.Parse(new string('[', 127) + new string(']', 127)));
        }

        [Test]
        public void What_is_no_utf8_is_refused_and_not_shown()
        {
            foreach (var bytes in new[]
            {
                new byte[] { 0xff }, new byte[] { 0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d }, new byte[] { 0x5b, 0x22, 0xe0, 0xff, 0x22, 0x5d }, new byte[] { 0x5b, 0x22, 0xc0, 0xaf, 0x22, 0x5d },
                new byte[] { 0x5b, 0x22, 0xf4, 0xbf, 0xbf, 0xbf, 0x22, 0x5d }, new byte[] { 0xfe, 0xff, 0, 0x5b, 0, 0x5d }, new byte[] { 0xe5 },
            })
            {
                Assert.AreEqual("this is no UTF-8", Assert.Throws<FormatException>(() => Json.Parse(bytes)).Message);
            }
            Assert.Throws<FormatException>(() => Json.ParseObject(Json.Bytes("[]")));
        }

        [Test]
        public void A_place_is_a_line_and_a_column()
        {
            Func<string, string> place = text => Assert.Throws<FormatException>(() => Json.Parse(text)).Message.Split(':')[0];
            Assert.AreEqual("line 1, column 1", place(""));
            Assert.AreEqual("line 1, column 28", place("{\"userId\":\"k1\",\"status\":\"f\""));
            Assert.AreEqual("line 3, column 5", place("{\n\"a\": 1,\r\n\"b\" 2}"));
            Assert.AreEqual("line 2, column 2", place("[\n01]"));
        }

        [Test]
        public void Numbers_keep_their_value()
        {
            var numbers = new Dictionary<string, object>
            {
                { "0", 0L }, { "-0", 0L }, { "9223372036854775807", long.MaxValue }, { "9223372036854775808", 9223372036854775808m }, { "0.50", 0.50m }, { "1e2", 100m },
                { "1.5e-28", 1.5e-28 }, { "1e-78", 1e-78 }, { "123e65", 123e65 }, { "79228162514264337593543950336", 79228162514264337593543950336.0 },
            };
            foreach (var number in numbers)
            {
                var read = Json.Parse(number.Key);
                Assert.AreEqual(number.Value, read, number.Key);
                Assert.AreEqual(number.Value.GetType(), read.GetType(), number.Key);
            }
        }

        [Test]
        public void A_key_that_looks_like_a_type_of_dotnet_is_kept()
        {
            var read = (Dictionary<string, object>)Json.Parse("{\"__type\":\"Foo:#Bar\",\"a b\":1,\"item\":{\"__type\":2}}");
            Assert.AreEqual("Foo:#Bar", read["__type"]);
            Assert.AreEqual("__type,a b,item", string.Join(",", read.Keys));
            Assert.AreEqual("{\"__type\":\"Foo:#Bar\",\"a b\":1,\"item\":{\"__type\":2}}", Json.Text(Json.Write(read)));
        }
    }
}
