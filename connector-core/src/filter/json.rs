//! JSON form.
impl serde::Serialize for super::Filter {
    fn serialize<S: serde::Serializer>(&self, _s: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("x"))
    }
}
impl<'de> serde::Deserialize<'de> for super::Filter {
    fn deserialize<D: serde::Deserializer<'de>>(_d: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("x"))
    }
}
